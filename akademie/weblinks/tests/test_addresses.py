"""Addresses in texts: what counts as one, and that only whole ones are replaced."""

import pytest

from akademie.weblinks.addresses import in_text, replaced, replaced_in
from akademie.weblinks.excerpts import excerpt
from akademie.weblinks.licences import allows_copy

OLD, NEW = "https://alt.example/a", "https://neu.example/b"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Ohne Link und/oder mit Strich", []),
        ("Siehe https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x_(Stadt)", ["https://a.example/x_(Stadt)"]),
        ("„https://a.example/x“, HTTP://B.example", ["https://a.example/x", "HTTP://B.example"]),
        ("https://a.example/x?a=1&b=2#c, und", ["https://a.example/x?a=1&b=2#c"]),
        ("https://müllheim.example/straße", ["https://müllheim.example/straße"]),
        ("https:// und sonst", []),
        ("/formate/", ["/formate/"]),
        ("//cdn.example/x", []),
        ("/ein Satz", []),
        ('<a href="https://a.example/?x=1&amp;y=2">da</a>', ["https://a.example/?x=1&y=2"]),
        ('<a href="/praxis/">da</a> und <a id="5" linktype="page">dort</a>', ["/praxis/"]),
        ("<p>&quot;https://a.example/x&quot;</p>", ["https://a.example/x"]),
        ('<p><a href="mailto:a@b.example">x</a> <a href="#unten">y</a></p>', []),
    ],
)
def test_what_is_an_address(text: str, addresses: list[str]) -> None:
    assert in_text(text) == addresses


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (OLD, NEW),
        (f"Siehe {OLD}. Und {OLD}/tiefer, {OLD}?x", f"Siehe {NEW}. Und {OLD}/tiefer, {OLD}?x"),
        (f'<p><a href="{OLD}">{OLD}</a> <a href="{OLD}b">x</a></p>', f'<p><a href="{NEW}">{NEW}</a> '
         f'<a href="{OLD}b">x</a></p>'),
        (f"x{OLD}", f"x{NEW}"),
        ("nichts", "nichts"),
    ],
)  # fmt: skip
def test_only_the_whole_address_is_replaced(text: str, after: str) -> None:
    assert replaced(text, OLD, NEW) == after


def test_in_html_an_address_is_read_and_written_with_entities() -> None:
    html = '<a href="https://a.example/?x=1&amp;y=2">da</a>'
    after = replaced(html, "https://a.example/?x=1&y=2", 'https://b.example/?"><b>&z')
    assert after == '<a href="https://b.example/?&quot;&gt;&lt;b&gt;&amp;z">da</a>'
    assert replaced('<a href="/alt/">da</a>', "/alt/", "/neu/") == '<a href="/neu/">da</a>'


def test_values_keep_their_shape() -> None:
    value = [{"type": "links", "value": [{"text": "da", "url": OLD, "page": None}], "id": "1"}, 5]
    assert replaced_in(value, OLD, NEW) == [
        {"type": "links", "value": [{"text": "da", "url": NEW, "page": None}], "id": "1"}, 5,
    ]  # fmt: skip


def test_an_excerpt_shows_words_and_address() -> None:
    words = "Wort " * 30
    assert excerpt(f'<p>{words}<a href="{OLD}">hier <b>steht</b></a> es.</p>', OLD).endswith(
        f"Wort Wort hier steht ({OLD}) es."
    )
    assert excerpt([{"a": "x"}, {"b": OLD}], OLD) == OLD
    assert excerpt("nichts", OLD) == ""


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("CC BY 4.0", True), ("CC BY-SA 4.0", True), ("cc by-nd 3.0 DE", True), ("CC0", True), ("CC0 1.0", True),
        ("dl-de/by-2-0", True), ("Datenlizenz Deutschland – Namensnennung – Version 2.0", True),
        ("", False), ("CC BY-NC 4.0", False), ("CC BY-NC-ND 4.0", False), ("CC BY", False), ("CC BY 9.0", False),
        ("frei zugänglich", False), ("nicht CC BY 4.0", False), ("CC BY 4.0, außer Bilder", False),
        ("© Stadt", False),
    ],
)  # fmt: skip
def test_only_licences_of_the_list_allow_a_copy(licence: str, allowed: bool) -> None:
    assert allows_copy(licence) == allowed
