"""What Python draws is escaped like what templates draw."""

from django.utils.safestring import mark_safe

from akademie.core import drawing

EVIL = """<script>alert('x')</script>"&"""
SAFE = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&quot;&amp;"


def test_every_part_escapes_what_people_typed():
    assert drawing.lines_html([EVIL, mark_safe("<b>fertig</b>")]) == f"{SAFE}<br><b>fertig</b>"
    assert drawing.link_html(EVIL, EVIL) == f'<a href="{SAFE}">{SAFE}</a>'
    assert drawing.outside_link_html(EVIL, EVIL) == f'<a href="{SAFE}" rel="external">{SAFE}</a>'
    assert drawing.facts_html([("Art", EVIL)]) == f"<dt>Art</dt><dd>{SAFE}</dd>"
    assert drawing.keywords_html([EVIL]).endswith(f'<dd class="ak-no-print">{SAFE}</dd>')
    assert drawing.related_html([("/x/", EVIL, EVIL)]) == (
        f'<ul class="ak-related"><li><a href="/x/">{SAFE}</a> <span class="ak-note">{SAFE}</span></li></ul>'
    )
    assert drawing.meta_html([("citation_title", EVIL)]) == f'<meta name="citation_title" content="{SAFE}">'


def test_nothing_is_said_to_be_nothing():
    assert drawing.lines_html([]) == drawing.UNKNOWN
    assert drawing.facts_html([("Art", "")]) == f"<dt>Art</dt><dd>{drawing.UNKNOWN}</dd>"
    assert (drawing.keywords_html([]), drawing.related_html([])) == ("", "")
