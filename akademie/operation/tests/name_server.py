"""A name server on this machine that speaks DNS over UDP and says what a test wants."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextmanager
def name_server(
    texts: dict[str, list[str]], *, silent: bool = False, broken: bool = False
) -> Iterator[dns.resolver.Resolver]:
    """Serve these text records; yield a resolver that asks nobody else. Names that are not there do not exist."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                wire, asker = listener.recvfrom(4096)
            except OSError:
                return
            if not wire:
                return
            query = dns.message.from_wire(wire)
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.RA
            question = query.question[0]
            name = question.name.to_text(omit_final_dot=True).lower()
            if broken:
                reply.set_rcode(dns.rcode.SERVFAIL)
            elif name not in texts:
                reply.set_rcode(dns.rcode.NXDOMAIN)
            elif texts[name]:
                quoted = [
                    " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255)) for text in texts[name]
                ]
                reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *quoted))
            if not silent:
                listener.sendto(reply.to_wire(), asker)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = listener.getsockname()[1]
    try:
        yield resolver
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", listener.getsockname())  # an empty datagram ends it
        thread.join(5)
        listener.close()
