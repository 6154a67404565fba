"""A hit as the list of hits draws it."""

from django.utils.safestring import mark_safe

from akademie.core.contributions import PublicEntry
from akademie.search.queries import _hit_html


def test_what_a_hit_says_is_escaped_and_its_passage_keeps_its_marks():
    entry = PublicEntry(title="Laden & <b>Markt</b>", url="/praxis/laden/?a=1&b=2", summary="", label="„Fisch & Brot“")
    assert _hit_html(entry, mark_safe("<mark>Laden</mark> &amp; Café")) == (
        '<li><article><h3><a href="/praxis/laden/?a=1&amp;b=2">Laden &amp; &lt;b&gt;Markt&lt;/b&gt;</a></h3>'
        '<p class="ak-note">„Fisch &amp; Brot“</p><p><mark>Laden</mark> &amp; Café</p></article></li>'
    )
