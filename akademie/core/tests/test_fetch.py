"""Outgoing requests, asked of a real server on this machine."""

import gzip
import re
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from django.db import transaction

from akademie.core import fetch, net_addresses
from akademie.core.contributions import outside_asked
from akademie.core.tests.web import NAME, Answer, ServerContext, WebServer, answer, certificate, client, serving

pytestmark = pytest.mark.django_db
Serve = Callable[..., WebServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A function that runs a server with these answers until the end of the test."""
    running = []

    def run(answers: dict[str, Answer], context: ServerContext | None = None) -> WebServer:
        running.append(serving(answers, context))
        return running[-1].__enter__()

    yield run
    for server in running:
        server.__exit__(None, None, None)


def ask(server: WebServer, url: str = "", **more) -> fetch.Fetched:
    options = {"method": "GET", "headers": {}, "limit": 10_000, "seconds": 5, "accept": ()}
    return client(server, **more.pop("names", {})).fetch(url or server.url(), **{**options, **more})


def test_an_answer_comes_with_status_address_headers_and_body(serve: Serve) -> None:
    server = serve({"/rat?tag=1": answer(b"hallo", "404 Not Found", Content_Type="text/plain", ETag='"x"')})
    got = ask(server, server.url("/rat?tag=1#unten"))
    assert (got.status, got.url, got.body) == (404, server.url("/rat?tag=1"), b"hallo")
    assert got.headers == {"content-type": "text/plain", "etag": '"x"', "content-length": "5"}


def test_it_says_who_asks_and_nothing_more(serve: Serve, settings) -> None:
    settings.SITE_URL = "https://akademie.example"
    server = serve({"/": answer(b"x")})
    ask(server, accept=(), headers={"if-none-match": '"x"', "user-agent": "jemand", "HOST": "anders.example"})
    lines = server.asked[0].strip().split("\r\n")
    assert lines[0] == "GET / HTTP/1.1"
    assert sorted(lines[1:]) == [
        "Accept-Encoding: gzip",
        "Accept: */*",
        "Connection: close",
        f"Host: {NAME}:{server.port}",
        'If-None-Match: "x"',
        "User-Agent: Kleinstadtakademie (+https://akademie.example/)",
    ]


def test_umlauts_in_names_and_paths_are_asked_as_the_web_writes_them(serve: Serve) -> None:
    server = serve({"/stra%C3%9Fe?q=%C3%BC": answer(b"da")})
    got = ask(
        server, f"http://MÜLLHEIM.example.:{server.port}/straße?q=ü", names={"xn--mllheim-n2a_example": ["127.0.0.1"]}
    )
    assert (got.body, got.url) == (b"da", f"http://xn--mllheim-n2a.example:{server.port}/stra%C3%9Fe?q=%C3%BC")


def test_head_brings_no_body(serve: Serve) -> None:
    server = serve({"/": answer(Content_Length="99999999")})
    got = ask(server, method="HEAD")
    assert (got.status, got.body, server.asked[0].split(" ")[0]) == (200, b"", "HEAD")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("193.99.144.80", True), ("2a00:1450:4001::1", True), ("2606:4700::1111", True),
        ("127.0.0.1", False), ("127.255.255.254", False), ("0.0.0.0", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("172.31.255.255", False), ("172.32.0.1", True), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("100.127.255.255", False), ("100.128.0.1", True),
        ("192.0.0.192", False), ("198.19.0.1", False), ("203.0.113.5", False), ("224.0.0.1", False),
        ("240.0.0.1", False), ("255.255.255.255", False), ("168.63.129.16", False), ("100.100.100.200", False),
        ("::", False), ("::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", False), ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", False), ("64:ff9b:1::1", False), ("2002:7f00:1::", False),
        ("2001:0:1::1", False), ("2001:db8::1", False), ("fe80::1", False), ("fec0::1", False), ("fc00::1", False),
        ("fd00:ec2::254", False), ("ff02::1", False), ("100::1", False), ("5f00::1", False), ("3fff::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert net_addresses.is_public(ip_address(address)) == public


FORBIDDEN = [
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://stadt.example/", "data:text/plain,x", "//stadt.example:PORT/x",
    "http://127.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/",
    "http://0x7f.1/", "http://127.0.0.1./", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[fe80::1%25lo]/", "http://[64:ff9b::a9fe:a9fe]/",
    "http://169.254.169.254/latest/meta-data/", "HTTP://LOCALHOST/", "http://localhost./", "http://innen.example/",
    "http://gemischt.example/", "http://stadt.example@127.0.0.1/", "http://user:pass@stadt.example:PORT/",
    "http://@stadt.example:PORT/", "http://stadt.example:PORT\\@127.0.0.1/", "http://stadt.example:22/",
    "http://%31%32%37.0.0.1/", "http://stadt.example :PORT/", "http:///x", "http://ⓛocalhost/", "http://１２７.0.0.1/",
    "http://stadt.example:99999/", "http://x/" + "y" * 3000,
]  # fmt: skip
COMPLETED = {"//stadt.example:PORT/x", "http:///x"}  # where a redirect stands, the rest comes from the address before
NAMES = {"innen_example": ["10.0.0.5"], "gemischt_example": ["8.8.8.8", "192.168.0.1"]}


@pytest.mark.parametrize("url", FORBIDDEN)
def test_a_forbidden_address_is_not_asked(serve: Serve, url: str) -> None:
    server = serve({})
    with pytest.raises(fetch.NotAllowed):
        ask(
            server, url.replace("PORT", str(server.port)) if not url.startswith("//") else "stadt.example/", names=NAMES
        )
    assert server.connections == 0


@pytest.mark.parametrize("url", [url for url in FORBIDDEN if url not in COMPLETED])
def test_a_redirect_to_a_forbidden_address_is_not_followed(serve: Serve, url: str) -> None:
    server = serve({})
    server.answers["/"] = answer(status="302 Found", Location=url.replace("PORT", str(server.port)))
    with pytest.raises(fetch.NotAllowed):
        ask(server, names=NAMES)
    assert (server.connections, server.paths) == (1, ["/"])


def test_another_port_of_this_machine_is_not_asked(serve: Serve) -> None:
    allowed, other = serve({}), serve({"/": answer(b"geheim")})
    allowed.answers["/"] = answer(status="301 Moved", Location=other.url())
    with pytest.raises(fetch.NotAllowed) as refusal:
        ask(allowed)
    assert (str(refusal.value), other.connections) == (f"Auf Port {other.port} fragen wir keine anderen Server.", 0)


def test_production_asks_nothing_on_this_machine(serve: Serve, settings) -> None:
    server = serve({"/": answer(b"geheim")})
    settings.OUTGOING_PORTS = [80, 443, server.port]
    with pytest.raises(fetch.NotAllowed) as refusal:
        fetch.fetch(server.url(host="127.0.0.1"))
    assert (str(refusal.value), server.connections) == ("127.0.0.1 liegt nicht im öffentlichen Internet.", 0)


def test_the_connection_goes_to_the_checked_address(serve: Serve) -> None:
    """A name that answers differently the second time (DNS rebinding) is looked up once for each hop."""
    server = serve({"/": answer(b"x")})
    answers = iter([["127.0.0.1"], ["192.168.0.1"]])
    asking = fetch.Client(lambda *_: next(answers), frozenset({("127.0.0.1", server.port)}))
    options = {"method": "GET", "headers": {}, "limit": 99, "seconds": 5, "accept": ()}
    assert asking.fetch(server.url(), **options).body == b"x"
    with pytest.raises(fetch.NotAllowed):
        asking.fetch(server.url(), **options)


def test_redirects_are_followed_relative_and_in_utf8(serve: Serve) -> None:
    server = serve({
        "/a/b": answer(status="301 Moved", Location="../größe?x=1"),
        "/gr%C3%B6%C3%9Fe?x=1": answer(status="307 Temporary", Location="/ziel"),
        "/ziel": answer(b"angekommen"),
    })  # fmt: skip
    got = ask(server, server.url("/a/b"))
    assert (got.body, got.url) == (b"angekommen", server.url("/ziel"))
    assert server.paths == ["/a/b", "/gr%C3%B6%C3%9Fe?x=1", "/ziel"]


@pytest.mark.parametrize(
    ("statuses", "moved"), [((301, 308), "/c"), ((301, 302), "/b"), ((302, 301), ""), ((307, 308), ""), ((), "")]
)
def test_it_tells_where_an_address_has_moved_for_good(serve: Serve, statuses: tuple[int, ...], moved: str) -> None:
    server = serve({"/c": answer(b"da"), **({} if statuses else {"/a": answer(b"da")})})
    for status, (path, target) in zip(statuses, (("/a", "/b"), ("/b", "/c")), strict=False):
        server.answers[path] = answer(status=f"{status} Moved", Location=target)
    got = ask(server, server.url("/a"))
    assert (got.body, got.moved) == (b"da", server.url(moved) if moved else "")


def test_five_redirects_are_enough(serve: Serve) -> None:
    server = serve({"/": answer(status="302 Found", Location="/")})
    with pytest.raises(fetch.NotAllowed) as refusal:
        ask(server)
    assert (str(refusal.value), server.connections) == (f"{NAME} leitet mehr als 5-mal weiter.", 6)


def test_headers_of_the_caller_stay_with_the_host_that_was_asked(serve: Serve) -> None:
    server = serve({"/ziel": answer(b"da")})
    server.answers["/"] = answer(status="302 Found", Location=server.url("/ziel", host="anders.example"))
    ask(server, headers={"Authorization": "geheim"}, names={"anders_example": ["127.0.0.1"]})
    assert ["geheim" in request for request in server.asked] == [True, False]


def test_proxies_of_the_environment_play_no_part(serve: Serve, monkeypatch) -> None:
    server = serve({"/": answer(b"direkt")})
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    assert ask(server).body == b"direkt"


# -- size -----------------------------------------------------------------------------------------------------------
def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def endless_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def bomb(times: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(times)) + packer.flush()


@pytest.mark.parametrize(
    "given",
    [
        answer(b"x" * 10_001), endless, endless_chunks,
        answer(bomb(64), Content_Encoding="gzip"), answer(gzip.compress(bomb(64)), Content_Encoding="gzip, gzip"),
        answer(b"", Content_Length="10001"),
    ],
    ids=["long", "endless", "chunks", "bomb", "bomb in a bomb", "announced"],
)  # fmt: skip
def test_what_is_too_large_is_not_read_to_the_end(serve: Serve, given: Answer) -> None:
    server = serve({"/": given})
    before = time.monotonic()
    with pytest.raises(fetch.TooLarge) as refusal:
        ask(server, seconds=30)
    assert str(refusal.value) == "Die Antwort ist größer als 9 kB."
    assert time.monotonic() - before < 5


def test_what_just_fits_is_read(serve: Serve) -> None:
    server = serve({"/": answer(b"x" * 10_000), "/gzip": answer(gzip.compress(b"y" * 10_000), Content_Encoding="gzip")})
    assert [len(ask(server, server.url(path)).body) for path in ("/", "/gzip")] == [10_000, 10_000]


# -- time -----------------------------------------------------------------------------------------------------------
def endless_empty_gzip(connection: socket.socket) -> None:
    """Pieces that unpack to nothing: there is never anything to count."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        connection.sendall(gzip.compress(b"") * 1000)


def dripping(begin: bytes) -> Callable[[socket.socket], None]:
    def drip(connection: socket.socket) -> None:
        connection.sendall(begin)
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)

    return drip


@pytest.mark.parametrize(
    "given",
    [
        dripping(b""), dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "), dripping(b"HTTP/1.1 200 OK\r\n\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"), lambda connection: time.sleep(3),
        dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n"),
        endless_empty_gzip,
    ],
    ids=["status", "header", "body", "body of known length", "silence", "chunk", "empty gzip"],
)  # fmt: skip
def test_a_drip_ends_when_time_is_up(serve: Serve, given: Answer) -> None:
    server = serve({"/": given})
    before = time.monotonic()
    with pytest.raises(fetch.TooSlow) as refusal:
        ask(server, seconds=0.6)
    assert str(refusal.value) == "Der Server hat in 0.6 Sekunden nicht vollständig geantwortet."
    assert time.monotonic() - before < 2


def test_time_counts_over_all_redirects_and_the_look_up(serve: Serve) -> None:
    server = serve({"/": answer(status="302 Found", Location="/")})

    def slow(host: str, port: int) -> list[str]:
        time.sleep(0.25)
        return ["127.0.0.1"]

    asking = fetch.Client(slow, frozenset({("127.0.0.1", server.port)}))
    with pytest.raises(fetch.TooSlow):
        asking.fetch(server.url(), method="GET", headers={}, limit=99, seconds=0.6, accept=())
    assert server.connections == 2


TOO_MANY_HEADERS = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"


# -- broken answers -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "says"),
    [
        (answer(b"short", Content_Length="50"), f"Die Verbindung zu {NAME} kam nicht zustande oder brach ab."),
        (b"", f"Die Verbindung zu {NAME} kam nicht zustande oder brach ab."),
        (b"SSH-2.0-OpenSSH\r\n", f"Die Verbindung zu {NAME} kam nicht zustande oder brach ab."),
        (answer(b"no gzip", Content_Encoding="gzip"), f"Die Antwort von {NAME} ist nicht lesbar."),
        (
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
            f"Die Verbindung zu {NAME} kam nicht zustande oder brach ab.",
        ),
    ],
    ids=["breaks off", "nothing", "no HTTP", "not packed", "too many headers"],
)
def test_an_answer_that_is_none(serve: Serve, given: bytes, says: str) -> None:
    server = serve({"/": given})
    with pytest.raises(fetch.Unreachable) as refusal:
        ask(server)
    assert str(refusal.value) == says


def test_more_than_announced_is_left_unread(serve: Serve) -> None:
    server = serve({"/": answer(b"hallo und mehr", Content_Length="5")})
    assert ask(server).body == b"hallo"


def test_a_host_that_does_not_answer(serve: Serve) -> None:
    server = serve({})
    asking = client(server)
    server.stop()
    with pytest.raises(fetch.Unreachable) as refusal:
        asking.fetch(server.url(), method="GET", headers={}, limit=99, seconds=5, accept=())
    assert str(refusal.value) == f"{NAME} nimmt keine Verbindung an."


def test_the_next_address_is_tried_when_one_does_not_answer(serve: Serve) -> None:
    server = serve({"/": answer(b"zweite")})
    asking = fetch.Client(
        lambda *_: ["127.0.0.2", "127.0.0.1"], frozenset({("127.0.0.2", server.port), ("127.0.0.1", server.port)})
    )
    assert asking.fetch(server.url(), method="GET", headers={}, limit=99, seconds=5, accept=()).body == b"zweite"


@pytest.mark.parametrize(
    ("accept", "kind", "fine"),
    [
        (("application/json",), "application/json; charset=utf-8", True), (("text/*",), "Text/HTML", True),
        (("application/json",), "text/html", False), (("text/*",), "", False),
    ],
)  # fmt: skip
def test_only_the_accepted_types_are_read(serve: Serve, accept: tuple[str, ...], kind: str, fine: bool) -> None:
    server = serve({"/": answer(b"{}", Content_Type=kind), "/none": answer(b"?", "404 Not Found", Content_Type=kind)})
    assert ask(server, server.url("/none"), accept=accept).status == 404
    if fine:
        assert ask(server, accept=accept).body == b"{}"
    else:
        with pytest.raises(fetch.WrongType):
            ask(server, accept=accept)


# -- TLS ------------------------------------------------------------------------------------------------------------
def test_tls_is_verified_for_the_name_that_was_asked(tmp_path: Path, serve: Serve) -> None:
    context = certificate(tmp_path)
    named = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    server = serve({"/": answer(b"sicher")}, context)
    assert ask(server, server.url(scheme="https")).body == b"sicher"
    with pytest.raises(fetch.Unreachable) as refusal:
        ask(server, server.url(scheme="https", host="anders.example"), names={"anders_example": ["127.0.0.1"]})
    assert str(refusal.value) == "Das Zertifikat von anders.example ist nicht gültig."
    assert named == [NAME, "anders.example"]


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, serve: Serve) -> None:
    server = serve({"/": answer(b"x")}, certificate(tmp_path, trusted=False))
    with pytest.raises(fetch.Unreachable) as refusal:
        ask(server, server.url(scheme="https"))
    assert (str(refusal.value), server.asked) == (f"Das Zertifikat von {NAME} ist nicht gültig.", [])


def test_a_redirect_does_not_give_up_encryption(tmp_path: Path, serve: Serve) -> None:
    plain, server = serve({"/": answer(b"offen")}), serve({}, certificate(tmp_path))
    server.answers["/"] = answer(status="302 Found", Location=plain.url())
    asking = client(server)
    both = fetch.Client(asking.resolve, asking.beside_public | {("127.0.0.1", plain.port)}, asking.tls)
    with pytest.raises(fetch.NotAllowed) as refusal:
        both.fetch(server.url(scheme="https"), method="GET", headers={}, limit=99, seconds=5, accept=())
    assert (str(refusal.value), plain.connections) == (f"{NAME} leitet auf eine unverschlüsselte Adresse weiter.", 0)


def test_a_handshake_that_never_comes_ends_when_time_is_up(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        server = serve({})
        server.port = deaf.getsockname()[1]
        before = time.monotonic()
        with pytest.raises(fetch.TooSlow):
            ask(server, server.url(scheme="https"), seconds=0.5)
        assert time.monotonic() - before < 2


# -- around ---------------------------------------------------------------------------------------------------------
def test_hosts_that_are_asked_are_told_and_those_that_are_refused_are_not(serve: Serve) -> None:
    told = []

    def note(host: str, **_: object) -> None:
        told.append(host)

    server = serve({"/": answer(b"x")})
    outside_asked.connect(note)
    try:
        ask(server)
        with pytest.raises(fetch.NotAllowed):
            ask(server, "http://127.0.0.1/")
    finally:
        outside_asked.disconnect(note)
    assert told == [NAME]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_asked_within_a_transaction(serve: Serve) -> None:
    server = serve({"/": answer(b"x")})
    with transaction.atomic(), pytest.raises(RuntimeError):
        ask(server)
    assert (server.connections, ask(server).body) == (0, b"x")


def test_only_tests_make_clients() -> None:
    house = Path(fetch.__file__).parent.parent
    texts = {path: path.read_text(encoding="utf-8") for path in house.rglob("*.py")}
    makers = [path for path, text in texts.items() if "fetch.Client(" in text or "beside_public=" in text]
    assert sorted({path.parent.name for path in makers}) == ["tests"]


def test_nothing_else_asks_other_servers() -> None:
    """What opens connections by itself: the client, what speaks `requests` to the provider, the look at our own TLS."""
    opens = re.compile(
        r"urllib\.request|urllib import request|http\.client|http import client|urllib3|create_connection"
        r"|import (?:requests|httpx|aiohttp)\b"
    )
    house = Path(fetch.__file__).parent.parent
    texts = {path: path.read_text(encoding="utf-8") for path in house.rglob("*.py") if "tests" not in path.parts}
    found = {path.relative_to(house).as_posix().removesuffix(".py") for path in texts if opens.search(texts[path])}
    allowed = {"core/fetch", "accounts/outside", "accounts/adapters", "operation/checks/site"}
    assert found - allowed == set()
    assert "core/fetch" in found
