"""The address of an answer, and the code that takes a phone from the printed page to it."""

from io import BytesIO
from urllib.parse import urlencode

from django.conf import settings

LONGEST = 1000  # letters of an address whose code a phone still reads from paper


def address(concern: str, ags: str = "") -> str:
    """Return the path of the answer to a concern, for a town if one is given: nothing is kept, all of it is in here."""
    return "/wegweiser/?" + _query(concern, ags)


def code_address(concern: str, ags: str = "") -> str:
    """Return the path of the QR code of an answer, drawn apart, because few answers are printed; none when too long."""
    if len(settings.SITE_URL + address(concern, ags)) > LONGEST:
        return ""
    return "/wegweiser/code.svg?" + _query(concern, ags)


def _query(concern: str, ags: str) -> str:
    return urlencode({"q": concern, "stadt": ags} if ags else {"q": concern})


def code(concern: str, ags: str = "") -> bytes:
    """Return the QR code of an answer as an SVG file; its squares are as large as its length leaves."""
    import segno  # only for print; costs every start 0.05 s

    drawn = BytesIO()
    made = segno.make(settings.SITE_URL + address(concern, ags), error="l", micro=False)
    made.save(drawn, kind="svg", border=2, light="#fff", omitsize=True)
    return drawn.getvalue()
