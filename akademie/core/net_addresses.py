"""Addresses on the net: which ones a host has, and which are public."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_network

# What is not public, or not meant for us (IANA's registries of special addresses). In IPv6 only 2000::/3 is public at
# all, which leaves out everything that wraps an IPv4 address but Teredo (in 2001::/23) and 6to4.
NOT_PUBLIC_4 = tuple(map(ip_network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3", "168.63.129.16/32",  # the last one: Azure's inner services
)))  # fmt: skip
PUBLIC_6 = ip_network("2000::/3")
NOT_PUBLIC_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


def system_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host as this machine knows them."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet could reach the same under this address."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_4)
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)
