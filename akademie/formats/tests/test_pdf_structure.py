"""What a screen reader finds in the PDF of a Steckbrief: its tags, read back."""

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.conf import settings

from akademie.formats import actions, printing
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import Sheet, sheet_of
from akademie.formats.tests.factories import longest

pytestmark = pytest.mark.django_db
Element = tuple[str, str, int]  # its tag, the text that stands for it, how deep it lies


def word(ask: Callable[..., int], element: Any) -> str:
    size = ask(element, None, 0)
    room = ctypes.create_string_buffer(size)
    ask(element, room, size)
    return room.raw.decode("utf-16-le").rstrip("\0")


def elements(page: pypdfium2.PdfPage) -> Iterator[Element]:
    def below(element: Any, depth: int) -> Iterator[Element]:
        yield (word(pdfium.FPDF_StructElement_GetType, element), word(pdfium.FPDF_StructElement_GetAltText, element),
               depth)  # fmt: skip
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, number):
                yield from below(child, depth + 1)

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number), 0)
    pdfium.FPDF_StructTree_Close(tree)


def structure(sheet: Sheet) -> tuple[int, list[Element]]:
    document = pypdfium2.PdfDocument(printing.steckbrief(sheet, publisher="Akademie"))
    return len(document), list(elements(document[0]))


def wrong_with(sheet: Sheet) -> list[str]:
    """Say what of the Steckbrief has no tag that says what it is."""
    pages, found = structure(sheet)
    tags = Counter(tag for tag, _alt, _depth in found)
    facts = [*sheet.outcome, *sheet.needs]
    lists = [len(fact.items) for fact in facts if fact.items] + ([len(sheet.steps)] if sheet.steps else [])
    expected = {
        "H1": 1, "H2": 1 + len(facts), "Table": 1, "TH": len(sheet.figures), "TD": len(sheet.figures),
        "L": len(lists), "LI": sum(lists), "Figure": 1, "Document": 1,
    }  # fmt: skip
    headings = [tag for tag, _alt, _depth in found if tag in ("H1", "H2", "H3")]
    alts = [alt for tag, alt, _depth in found if tag == "Figure"]
    checks = {
        "pages": (pages, 1),
        "tags": ({tag: tags[tag] for tag in expected}, expected),
        "first heading": (headings[0], "H1"),
        "alternative": (alts, [f"QR-Code zu dieser Seite: {settings.SITE_URL}{sheet.url}"]),
        "links": (tags["Link"] > 0, True),
    }
    return [
        f"{sheet.slug}, {what}: {is_so} instead of {meant}" for what, (is_so, meant) in checks.items() if is_so != meant
    ]


def test_every_steckbrief_of_the_data_is_tagged_on_one_page() -> None:
    actions.load_formats(lambda line: None)
    sheets = [sheet_of(one) for one in FormatProfile.objects.all()]
    assert len(sheets) == 18
    assert [fault for sheet in sheets for fault in wrong_with(sheet)] == []


def test_the_longest_steckbrief_is_tagged_on_one_page() -> None:
    assert wrong_with(sheet_of(longest())) == []
