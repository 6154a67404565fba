"""What a film is, told by its content and not by its name.

Looked at is the head alone: the EBML header of WebM with its DocType (RFC 8794), the `ftyp` box of MP4 with its brands
(ISO/IEC 14496-12). Whether the pictures behind it can be shown is for whoever uploads them to see.
"""

MOST_BYTES = 100 * 1024 * 1024
HEAD = 512  # bytes that are looked at
TYPES = {"webm": "video/webm", "mp4": "video/mp4"}
_EBML = b"\x1a\x45\xdf\xa3"
_DOCTYPE_WEBM = b"\x42\x82\x84webm"
_MP4_BRANDS = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash",
}  # fmt: skip


def film_kind(head: bytes) -> str:
    """Return `webm` or `mp4` for the first bytes of a film, and nothing for anything else."""
    if head.startswith(_EBML):
        return "webm" if _DOCTYPE_WEBM in head[:64] else ""
    if head[4:8] == b"ftyp":
        size = min(int.from_bytes(head[:4]), HEAD)
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))}
        return "mp4" if brands & _MP4_BRANDS and head[8:12] != b"qt  " else ""
    return ""
