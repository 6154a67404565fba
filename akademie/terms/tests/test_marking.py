"""Terms are found where they are meant, once each, and nothing of the HTML changes besides."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akademie.terms.marking import MOST, Entry, Glossary, PageTerms

TERMS = {
    "Bauleitplanung": ("Bauleitplan", "Bauleitpläne"),
    "Bebauungsplan": ("Bebauungspläne", "B-Plan"),
    "ISEK": ("integriertes Entwicklungskonzept",),
    "interkommunale Zusammenarbeit": ("interkommunalen Zusammenarbeit",),
    "LEADER": (),
    "Sanierung": (),
    "Sanierung im Bestand": (),
    "F&E": (),
    "Ämtertausch": (),
}
ADDED = re.compile(r'<a class="ak-term"[^<>]*>(.*?)</a>', re.DOTALL)


def entry(title, *forms):
    return Entry(title.lower().replace(" ", "-"), title, 'Was „das" bedeutet <so>.', (title, *forms))


@pytest.fixture(scope="module")
def glossary():
    return Glossary(entry(title, *forms) for title, forms in TERMS.items())


@pytest.fixture
def marked(glossary):
    """Return what is marked in one text."""
    return lambda html: [found[1] for found in ADDED.finditer(PageTerms(glossary).mark(html))]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("Der Bauleitplan gilt.", ["Bauleitplan"]),
        ("Bauleitpläne, Bebauungspläne", ["Bauleitpläne", "Bebauungspläne"]),
        ("Die Bauleitplanungen", []),  # a form that nobody has listed
        ("Vorbauleitplan und Bauleitplanverfahren", []),
        ("ein ISEK.", ["ISEK"]),
        ("das Isek, isek, ISEKs", []),
        ("LEADER-Region, Nicht-LEADER, leader", []),
        ("info@LEADER.de, /LEADER", []),
        ("Ein B-Plan (B-Plan)", ["B-Plan"]),
        ("Interkommunale Zusammenarbeit hilft.", ["Interkommunale Zusammenarbeit"]),
        ("der interkommunalen\n   Zusammenarbeit", ["interkommunalen\n   Zusammenarbeit"]),
        ("der interkommunalen&nbsp;Zusammenarbeit", ["interkommunalen&nbsp;Zusammenarbeit"]),
        ("Sanierung im Bestand", ["Sanierung im Bestand"]),  # the longest
        ("Sanierung im Bestands", ["Sanierung"]),  # the longest that is a whole word
        ("Sanierung im <b>Bestand</b>", ["Sanierung"]),
        ("für F&amp;E", ["F&amp;E"]),
        ("Ämtertausch, Ämtertauschs", ["Ämtertausch"]),
        ("(ISEK)&nbsp;ISEK", ["ISEK"]),
        ("Zuerst „ISEK Mitte“, dann das ISEK.", ["ISEK"]),
        ("„Das ISEK der Stadt“", []),
        ("„Ohne Ende ISEK", ["ISEK"]),
        ("<h2>ISEK</h2><p>LEADER</p>", ["LEADER"]),
        ("<a href='/isek/'>Das <b>ISEK</b></a> und LEADER", ["LEADER"]),
        ("<svg><title>ISEK</title><svg/></svg>LEADER", []),  # as if a drawing did not end: rather nothing
        ("<blockquote><blockquote>x</blockquote>ISEK</blockquote>LEADER", ["LEADER"]),
        ("<button>ISEK</button><code>ISEK</code><q>ISEK</q><cite>ISEK</cite>", []),
        ("<summary>ISEK</summary><label>ISEK</label><pre>ISEK</pre>", []),
        ('<p lang="en">LEADER</p><p>LEADER</p>', ["LEADER"]),
        ('<p class="ak-box__title">ISEK</p>', []),
        ('<img alt="ein ISEK > LEADER"><!-- ISEK > -->Sanierung', ["Sanierung"]),
        ("<H2>ISEK</H2>LEADER", ["LEADER"]),
        ("3 < 4 ISEK", []),  # not HTML: nobody knows how this goes on
        ('<p title="ISEK>LEADER', []),
        ("", []),
    ],
)
def test_what_is_marked(marked, html, found):
    assert marked(html) == found


def test_a_term_is_marked_once_on_a_page_whatever_its_form(glossary):
    page = PageTerms(glossary)
    assert len(ADDED.findall(page.mark("Bauleitplan und Bauleitplanung") + page.mark("Bauleitpläne, ISEK"))) == 2
    assert list(page.found) == ["bauleitplanung", "isek"]


def test_a_page_explains_so_many_terms_and_no_more():
    glossary = Glossary(entry(f"Wort{letter}") for letter in "abcdefghijkl")
    page = PageTerms(glossary)
    html = page.mark(" ".join(f"Wort{letter}" for letter in "abcdefghijkl"))
    assert len(ADDED.findall(html)) == len(page.found) == MOST
    assert page.mark("Wortl") == "Wortl"


def test_a_link_leads_to_the_term_and_says_what_it_means(glossary):
    assert PageTerms(glossary).mark("Das ISEK.") == (
        'Das <a class="ak-term" href="/fachwoerter/isek/" title="Was „das&quot; bedeutet &lt;so&gt;." '
        'aria-describedby="fachwort-isek" data-ak-term="1">ISEK</a>.'
    )


def test_without_terms_nothing_happens():
    assert PageTerms(Glossary([])).mark("<p>ISEK</p>") == "<p>ISEK</p>"


class Told(HTMLParser):
    """What a browser is told, and whether a term's link stands in another link or has one in it."""

    def __init__(self, html):
        super().__init__()
        self.told, self.links, self.nested = [], [], False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        ours = tag == "a" and ("class", "ak-term") in attrs
        self.nested |= tag == "a" and bool(self.links) and (ours or self.links[-1])
        if tag == "a":
            self.links.append(ours)
        if not ours:
            self.told.append((tag, attrs))

    def handle_endtag(self, tag):
        if tag == "a" and self.links and self.links.pop():
            return
        self.told.append(("/", tag))

    def handle_data(self, data):
        if self.told and self.told[-1][0] == "text":
            self.told[-1] = ("text", self.told[-1][1] + data)
        else:
            self.told.append(("text", data))


WORDS = st.one_of(
    st.sampled_from(["ISEK", "Bauleitplan", "LEADER", "„", "“", "interkommunale Zusammenarbeit", " ", "-", "B-Plan"]),
    st.text(alphabet="abÄß <>&\"'/=-„“\n\u00a0", max_size=6),
)
TEXTS = st.lists(WORDS, max_size=6).map(lambda words: escape(" ".join(words)))
VALUES = st.lists(WORDS, max_size=3).map(lambda words: escape("".join(words)))
NAMES = st.sampled_from(["p", "b", "h2", "a", "blockquote", "li", "code", "td", "em", "span"])


def element(inner):
    made = st.tuples(NAMES, VALUES, st.sampled_from('"'), inner)
    return made.map(lambda one: f"<{one[0]} title={one[2]}{one[1]}{one[2]}>{one[3]}</{one[0]}>")


HTML = st.recursive(TEXTS, lambda inner: st.lists(st.one_of(element(inner), TEXTS), max_size=4).map("".join))


@settings(max_examples=150, deadline=None)
@given(html=HTML)
def test_only_links_are_added_whatever_the_html(glossary, html):
    marked = PageTerms(glossary).mark(html)
    assert ADDED.sub(r"\1", marked) == html
    assert Told(marked).told == Told(html).told
    assert not Told(marked).nested


@settings(max_examples=150, deadline=None)
@given(html=st.lists(WORDS, max_size=12).map("".join))
def test_what_is_no_html_comes_to_no_harm(glossary, html):
    assert ADDED.sub(r"\1", PageTerms(glossary).mark(html)) == html
