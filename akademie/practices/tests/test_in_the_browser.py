"""In a real browser: the pages of practices and library print on one page, fit a phone, and pass axe."""

from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings

from akademie.library import actions as library
from akademie.library.models import LibraryItem
from akademie.practices import actions
from akademie.practices.models import PracticeCase

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(settings.BUILD_DIR) / "axe" / "axe.min.js"
PAGES = [
    "/praxis/", "/praxis/?thema=mobilitaet&land=Atlantis&seite=99", "/praxis/?land=Hessen&status=uebergeben",
    "/praxis/karte/", "/praxis/verbund-sommer/", "/praxis/murnau-omobi/", "/bibliothek/",
    "/bibliothek/?art=aufsaetze&jahr=2005", "/bibliothek/arl-16/", "/bibliothek/gareis-2021/", "/bibliothek/stbf-50/",
]  # fmt: skip


@pytest.fixture
def loaded(surroundings):
    library.load_library(lambda sentence: None)
    actions.load_practices(lambda sentence: None)


@pytest.fixture
def visit(live_server, chromium):
    """A visit that axe may enter, on the narrowest phone."""
    context = chromium.new_context(
        locale="de-DE", bypass_csp=True, base_url=live_server.url, viewport={"width": 320, "height": 640}
    )
    yield context.new_page()
    context.close()


def test_every_case_and_item_prints_on_one_page(loaded, visit, tmp_path):
    sheets = {}
    for path in [one.get_absolute_url() for model in (PracticeCase, LibraryItem) for one in model.objects.all()]:
        visit.goto(path)
        visit.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
        with pypdfium2.PdfDocument(tmp_path / "print.pdf") as document:
            sheets[path] = len(document)
    assert len(sheets) == 87
    assert {path: count for path, count in sheets.items() if count != 1} == {}


def test_every_state_passes_axe_and_fits_a_narrow_phone(loaded, visit):
    findings = []
    for path in PAGES:
        visit.goto(path)
        visit.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        findings += visit.evaluate(
            """([tags, path]) => axe.run(document, {runOnly: tags})
                .then(result => result.violations.map(found => `${path} ${found.id}: ${found.nodes[0].html}`))""",
            [TAGS, path],
        )
        if visit.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            findings.append(f"{path} is wider than the phone")
    assert findings == []
