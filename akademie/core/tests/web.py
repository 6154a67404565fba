"""A web server on this machine that says byte by byte what a test wants, also what no good server would say."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from akademie.core import fetch, net_addresses

NAME = "stadt.example"  # the name under which the server is known to the client of the tests
Answer = bytes | Callable[[socket.socket], None]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return an answer as it goes over the wire."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items())]
    if "Content-Length" not in named:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body


class WebServer:
    """Serves `answers` by path, each connection in a thread of its own, and notes what was asked."""

    def __init__(self, answers: dict[str, Answer], context: ssl.SSLContext | None = None) -> None:
        self.answers, self.context = answers, context
        self.asked: list[str] = []  # whole requests
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.ended = threading.Event()

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.split(" ")[1] for request in self.asked]

    def url(self, path: str = "/", scheme: str = "http", host: str = NAME) -> str:
        """Return an address of this server."""
        return f"{scheme}://{host}:{self.port}{path}"

    def listen(self) -> None:
        """Accept connections until the end."""
        while not self.ended.is_set():
            with suppress(OSError):
                connection, _from = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def stop(self) -> None:
        """Take no more connections."""
        self.ended.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            stream = self.context.wrap_socket(connection, server_side=True) if self.context else connection
            with stream:
                request = b""
                while b"\r\n\r\n" not in request and (part := stream.recv(65536)):
                    request += part
                if not request:
                    return
                self.asked.append(request.decode("utf-8"))
                given = self.answers.get(self.paths[-1], answer(status="404 Not Found"))
                given(stream) if callable(given) else stream.sendall(given)


@contextmanager
def serving(answers: dict[str, Answer], context: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Run a server within this block."""
    server = WebServer(answers, context)
    thread = threading.Thread(target=server.listen, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(5)


def client(server: WebServer, **names: list[str]) -> fetch.Client:
    """Return a client that may ask this server, and knows further names with their addresses."""
    known = {NAME: ["127.0.0.1"], **{name.replace("_", "."): addresses for name, addresses in names.items()}}

    def resolve(host: str, port: int) -> list[str]:
        return known.get(host) or net_addresses.system_addresses(host, port)

    def tls() -> ssl.SSLContext:
        context = ssl.create_default_context()
        if server.context and (authority := getattr(server.context, "authority", None)):
            context.load_verify_locations(authority)
        return context

    return fetch.Client(resolve=resolve, beside_public=frozenset({("127.0.0.1", server.port)}), tls=tls)


class ServerContext(ssl.SSLContext):
    """TLS of a server, with the file of the authority that signed its certificate."""

    authority: str = ""


def certificate(folder: Path, name: str = NAME, days: int = 30, *, trusted: bool = True) -> ServerContext:
    """Make a certificate for a name and return the TLS of a server that has it; needs the command openssl."""
    key, pem = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", pem, "-days", str(days), "-subj", f"/CN={name}", "-addext",
         f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ServerContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    context.authority = str(pem) if trusted else ""
    return context
