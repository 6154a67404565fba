"""Outgoing requests: the one way in which the academy asks other servers.

Whoever types an address must not be able to make us ask what only we can reach. So: http and https only, public
addresses only, but for one host that the operator may name; every address of the host is checked and the connection
goes to a checked one, without a second look-up; each redirect is checked like the first address. Answers are limited in
size, unpacked too, and in time, from the first look-up to the last byte. Proxies of the environment and cookies play no
part. Which host was asked is told by the signal `outside_asked`.
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPException
from ipaddress import IPv4Address, ip_address
from typing import Literal
from urllib.parse import urljoin

from django.conf import settings
from django.db import connection as database
from urllib3.connection import HTTPConnection
from urllib3.exceptions import DecodeError, HTTPError, LocationParseError
from urllib3.response import HTTPResponse
from urllib3.util import parse_url

from akademie.core.contributions import outside_asked
from akademie.core.net_addresses import is_public, system_addresses

MEGABYTE = 1024 * 1024
LONGEST_ADDRESS = 2000  # characters
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
CHUNK = 65536
STANDARD_PORTS = {"http": 80, "https": 443}


class FetchFailed(Exception):
    """There is no answer to use; the message says why, in German."""


class NotAllowed(FetchFailed):
    """An address that we do not ask, or a redirect to one."""


class TooLarge(FetchFailed):
    """The answer is larger than the caller takes."""


class TooSlow(FetchFailed):
    """The answer was not complete in time."""


class Unreachable(FetchFailed):
    """No such host, no connection, no valid certificate, or an answer that breaks off or is no HTTP."""


class WrongType(FetchFailed):
    """The answer is of another type than the caller takes."""


@dataclass(frozen=True)
class Fetched:
    """An answer, whatever its status. Names of headers are in small letters; the address is that of the last hop.

    `moved` is where the address has moved for good, as far as redirects from the first on say so (301, 308); or empty.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    moved: str = ""


def fetch(
    url: str,
    *,
    method: Literal["GET", "HEAD", "POST"] = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    known_host: tuple[str, int] | None = None,
    limit: int = 5 * MEGABYTE,
    seconds: float = 20,
    accept: tuple[str, ...] = (),
) -> Fetched:
    """Ask another server and return its answer, at most `limit` bytes of it, within `seconds` in all.

    `headers` go to the host of `url` only, not on to where it redirects. `accept` are media types ("application/json",
    "text/*"), checked for answers with a status of 2xx. `body` belongs to POST, which follows no redirect. `known_host`
    is a host with its port that the operator has named in the settings, never a person: it may be private. Raises
    FetchFailed. Must be called outside of a transaction, which would hold up everybody else meanwhile (RuntimeError).
    """
    client = _client if known_host is None else replace(_client, known_host=known_host)
    return client.fetch(
        url, method=method, headers=headers or {}, body=body, limit=limit, seconds=seconds, accept=accept
    )


@dataclass(frozen=True)
class _Target:
    """A readable address of an allowed kind; whether its host is public is not known yet."""

    scheme: str
    host: str  # small letters, ASCII, without brackets
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == STANDARD_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"


class _Deadline:
    """The end of the time for one fetch, all its redirects included."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.sentence = f"Der Server hat in {seconds:g} Sekunden nicht vollständig geantwortet."

    def left(self) -> float:
        """Return the seconds that are left; TooSlow when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TooSlow(self.sentence)
        return left

    @contextmanager
    def cutting(self, sock: socket.socket) -> Iterator[None]:
        """End this connection when time is up, whatever is being waited for; a limit per read would not end a drip."""

        def cut() -> None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not that of TLS, which is in use by the other thread
            except OSError:
                return  # it has ended by itself

        timer = threading.Timer(self.left(), cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@dataclass(frozen=True)
class Client:
    """How requests are made. Production has one, as it stands here; tests make others for servers of their own."""

    resolve: Callable[[str, int], list[str]] = system_addresses
    beside_public: frozenset[tuple[str, int]] = frozenset()  # addresses with ports that a test's server has
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    known_host: tuple[str, int] | None = None  # named by the operator, with its port: may be private

    def fetch(
        self,
        url: str,
        *,
        method: str,
        headers: Mapping[str, str],
        limit: int,
        seconds: float,
        accept: tuple[str, ...],
        body: bytes = b"",
    ) -> Fetched:
        """See `fetch`."""
        _refuse_transaction()
        deadline = _Deadline(seconds)
        target = first = self._read(url)
        moved, for_good = "", True
        for _hop in range(MOST_REDIRECTS + 1):
            own = headers if target.origin == first.origin else {}
            answer = self._ask(
                target, method, {**_titled(own), **_our_headers(target, accept)}, limit, deadline, accept, body
            )
            if isinstance(answer, Fetched):
                return replace(answer, moved=moved)
            status, location = answer
            if method == "POST":
                raise NotAllowed(f"{target.host} leitet weiter, was nicht weitergeleitet werden darf.")
            following = self._read(urljoin(target.url, location))
            if target.scheme == "https" and following.scheme == "http":
                raise NotAllowed(f"{target.host} leitet auf eine unverschlüsselte Adresse weiter.")
            target = following
            for_good = for_good and status in FOR_GOOD
            moved = target.url if for_good else moved
        raise NotAllowed(f"{first.host} leitet mehr als {MOST_REDIRECTS}-mal weiter.")

    def _read(self, url: str) -> _Target:
        """Take an address apart, once: what is checked is what is asked."""
        if len(url) > LONGEST_ADDRESS or re.search(r"[\x00-\x20\x7f\\]", url):
            raise NotAllowed("Diese Adresse ist zu lang oder enthält Zeichen, die dort nicht stehen dürfen.")
        try:
            parts = parse_url(url)
        except LocationParseError as error:
            raise NotAllowed("Diese Adresse ist nicht lesbar.") from error
        if parts.scheme not in STANDARD_PORTS or not parts.host:
            raise NotAllowed("Die Adresse muss mit https:// oder http:// beginnen und einen Server nennen.")
        if "@" in re.split(r"[/?#]", url.partition("//")[2], maxsplit=1)[0]:
            raise NotAllowed("In der Adresse darf kein Benutzername stehen.")
        port = parts.port if parts.port is not None else STANDARD_PORTS[parts.scheme]
        host = parts.host.lower().rstrip(".").strip("[]")
        if not (re.fullmatch(r"[a-z0-9._-]+", host) or re.fullmatch(r"[0-9a-f:.]+", host)):
            raise NotAllowed("Der Name des Servers enthält Zeichen, die dort nicht stehen dürfen.")
        if re.fullmatch(r"\d+|0x[0-9a-f]*", host.rpartition(".")[2]) and ":" not in host and not _is_plain_ipv4(host):
            raise NotAllowed("Schreiben Sie die Zahlen der Adresse in der üblichen Form mit vier Teilen.")
        named = self.known_host == (host, port) or port in {allowed for _address, allowed in self.beside_public}
        if port not in settings.OUTGOING_PORTS and not named:
            raise NotAllowed(f"Auf Port {port} fragen wir keine anderen Server.")
        return _Target(parts.scheme, host, port, parts.request_uri)

    def _ask(
        self,
        target: _Target,
        method: str,
        headers: Mapping[str, str],
        limit: int,
        deadline: _Deadline,
        accept: tuple[str, ...],
        body: bytes,
    ) -> Fetched | tuple[int, str]:
        """Return the answer, or with which status it redirects where."""
        addresses = self._checked_addresses(target, deadline)
        outside_asked.send_robust(sender=None, host=target.host)
        try:
            sock = self._connect(target, addresses, deadline)
            connection = HTTPConnection(target.host, target.port, timeout=deadline.left())
            connection.sock = sock
            with sock, deadline.cutting(sock):
                connection.request(method, target.path, body=body or None, headers=headers, preload_content=False)
                response = connection.getresponse()
                try:
                    location = response.headers.get("Location")
                    if response.status in REDIRECTS and location:
                        return response.status, _as_text(location)
                    _check_type(response, accept)
                    answer = Fetched(
                        response.status,
                        target.url,
                        {name.lower(): response.headers[name] for name in response.headers},
                        b"" if method == "HEAD" else _body(response, limit, deadline),
                    )
                finally:
                    response.close()
                    connection.close()
                deadline.left()  # or an end by our own cut would pass for the end of the answer
                return answer
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            deadline.left()
            raise _explained(error, target.host) from error

    def _checked_addresses(self, target: _Target, deadline: _Deadline) -> list[str]:
        """Return the addresses of the host; NotAllowed when one of them is not public."""
        addresses = list(dict.fromkeys(self._look_up(target, deadline)))
        for text in addresses:
            named = (target.host, target.port) == self.known_host or (text, target.port) in self.beside_public
            if not named and not is_public(ip_address(text)):
                raise NotAllowed(f"{target.host} liegt nicht im öffentlichen Internet.")
        if not addresses:
            raise Unreachable(f"Den Server {target.host} gibt es nicht.")
        return addresses

    def _look_up(self, target: _Target, deadline: _Deadline) -> list[str]:
        """Look up in a thread, because the system's own time limit may be minutes."""
        found: list[list[str]] = []
        failed: list[Exception] = []

        def look() -> None:
            try:
                found.append(self.resolve(target.host, target.port))
            except Exception as error:
                failed.append(error)

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        thread.join(deadline.left())
        if failed:
            raise Unreachable(
                f"Den Server {target.host} gibt es nicht, oder seine Adresse ließ sich nicht erfragen."
            ) from failed[0]
        if not found:
            raise TooSlow(deadline.sentence)
        return found[0]

    def _connect(self, target: _Target, addresses: list[str], deadline: _Deadline) -> socket.socket:
        """Return a connection to the first of the checked addresses that answers, with TLS verified for the name."""
        problem: OSError | None = None
        for left_out, address in enumerate(addresses):
            share = len(addresses) - left_out  # an address that swallows everything must not use up all the time
            try:
                sock = socket.create_connection((address, target.port), timeout=deadline.left() / share)
                break
            except OSError as error:
                deadline.left()
                problem = error
        else:
            raise problem or OSError()
        sock.settimeout(deadline.left())
        if target.scheme == "http":
            return sock
        try:
            return self.tls().wrap_socket(sock, server_hostname=target.host)
        except (OSError, ValueError):
            sock.close()
            raise


_client = Client()


def _refuse_transaction() -> None:
    if any(not getattr(block, "_from_testcase", False) for block in database.atomic_blocks):
        raise RuntimeError("Ask other servers before or after the transaction: everybody else waits for its end.")


def _our_headers(target: _Target, accept: tuple[str, ...]) -> dict[str, str]:
    return {
        "Host": target.netloc,
        "User-Agent": f"Kleinstadtakademie (+{settings.SITE_URL}/)",
        "Accept": ", ".join(accept) or "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _titled(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.title(): value for name, value in headers.items()}


def _is_plain_ipv4(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def _as_text(location: str) -> str:
    """Return an address from a header, which may be UTF-8 that was read as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return location.strip()


def _check_type(response: HTTPResponse, accept: tuple[str, ...]) -> None:
    if not accept or not 200 <= response.status < 300:
        return
    given = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not any(given == wanted or (wanted.endswith("/*") and given.startswith(wanted[:-1])) for wanted in accept):
        raise WrongType("Die Antwort ist von einer anderen Art als erwartet.")


def _body(response: HTTPResponse, limit: int, deadline: _Deadline) -> bytes:
    too_large = TooLarge(f"Die Antwort ist größer als {_size(limit)}.")
    if (response.length_remaining or 0) > limit:
        raise too_large
    body = bytearray()
    while chunk := response.read(min(CHUNK, limit + 1), decode_content=True):
        body += chunk
        if len(body) > limit or response.tell() > limit:
            raise too_large
        deadline.left()
    return bytes(body)


def _size(count: int) -> str:
    for unit, name in ((MEGABYTE, "MB"), (1024, "kB")):
        if count >= unit:
            return f"{count // unit} {name}"
    return f"{count} Byte"


def _explained(error: Exception, host: str) -> Unreachable:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(f"Das Zertifikat von {host} ist nicht gültig.")
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return Unreachable(f"Mit {host} kam keine verschlüsselte Verbindung zustande.")
    if isinstance(error, ConnectionRefusedError):
        return Unreachable(f"{host} nimmt keine Verbindung an.")
    if isinstance(error, DecodeError):
        return Unreachable(f"Die Antwort von {host} ist nicht lesbar.")
    return Unreachable(f"Die Verbindung zu {host} kam nicht zustande oder brach ab.")
