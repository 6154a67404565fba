"""What a printed page needs that the screen does not."""

from functools import lru_cache
from io import BytesIO

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


@lru_cache(512)
def page_code(path: str) -> SafeString:
    """Return a QR code to a page of this site as SVG, dark on light whatever is below it."""
    drawn = BytesIO()
    code = segno.make(f"{settings.SITE_URL}{path}", error="m", micro=False)
    code.save(drawn, kind="svg", border=2, light="#fff", xmldecl=False, svgns=False, omitsize=True)
    return mark_safe(drawn.getvalue().decode())
