"""What the link check needs of PDF files: their links, and whether they do more than be read.

No library for PDF is among the dependencies. Links are dictionaries of the file (ISO 32000, 12.6.4.7), either plain or
in compressed object streams (7.5.7); the contents of pages and pictures do not matter and are not unpacked.
"""

import re
import zlib
from collections.abc import Iterator

MOST_BYTES = 50 * 1024 * 1024  # a larger file is not read
MOST_UNPACKED = 100 * 1024 * 1024  # of all object streams of a file together
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
BEFORE = 400  # bytes in which the dictionary of a stream says that it holds objects
_TEXT = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
URI = re.compile(rb"/URI\s*(" + _TEXT + rb"|<[0-9A-Fa-f\s]*>)", re.DOTALL)
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])")
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
HIDDEN = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name, written as a number


class NotReadable(Exception):
    """The file is none, too large, or encrypted."""


def links(data: bytes) -> list[str]:
    """Return the addresses to which a PDF links, each once; NotReadable."""
    found = (_text(match[1]) for part in _parts(data) for match in URI.finditer(part))
    return list(dict.fromkeys(address for address in found if address))


def is_passive(data: bytes) -> bool:
    """Whether a PDF has no scripts, attachments, forms that send, and starts nothing; NotReadable."""
    return not any(ACTIVE.search(HIDDEN.sub(_shown, part)) for part in _parts(data))


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield the file without its streams, then the streams that hold objects."""
    if not data.startswith(b"%PDF-") or len(data) > MOST_BYTES or b"%%EOF" not in data[-2048:]:
        raise NotReadable
    skeleton = STREAM.sub(b"", data)
    if b"/Encrypt" in skeleton:
        raise NotReadable
    yield skeleton
    left = MOST_UNPACKED
    for match in STREAM.finditer(data):
        head = data[max(0, match.start() - BEFORE) : match.start()].rpartition(b"obj")[2]
        if b"/ObjStm" not in head and b"/XRef" not in head:
            continue
        if b"/Encrypt" in head:  # files of this kind have their trailer in the dictionary of a stream
            raise NotReadable
        try:
            unpacked = zlib.decompressobj().decompress(match[1], left)
        except zlib.error:
            unpacked = match[1]
        left -= len(unpacked)
        if left <= 0:
            raise NotReadable
        yield unpacked


def _shown(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _text(written: bytes) -> str:
    """Return a text of the file: in brackets with escapes, or in hexadecimal digits."""
    if written.startswith(b"<"):
        digits = re.sub(rb"[<>\s]", b"", written)
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        raw = ESCAPED.sub(_unescaped, written[1:-1])
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace").strip()
    return raw.decode("utf-8", "replace").strip()


def _unescaped(match: re.Match[bytes]) -> bytes:
    what = match[1]
    if what.isdigit():
        return bytes([int(what, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\n": b""}.get(what, what)
