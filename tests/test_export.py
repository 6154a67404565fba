"""The whole of every area leaves the house and comes back the same: export, import elsewhere, export."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from akademie.accounts.models import User
from akademie.cms import actions
from akademie.cms.tests.factories import make_news, make_page
from akademie.easy.models import Explanation, Subject
from akademie.files.models import AcademyDocument
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.tests.factories import LibraryItemFactory
from akademie.operation.backup import archive
from akademie.operation.tests.test_restore import contents, folder, manage  # noqa: F401  (`folder` is a fixture)
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.terms.tests.factories import TermFactory
from akademie.weblinks.models import WebLink, digest_of

ROOT = Path(__file__).resolve().parent.parent
LEAST = 40  # tables with rows; fewer would say that the traces below are no longer made


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_every_area_has_is_equal_after_export_import_and_export(
    folder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    actions.load_pages(lambda _: None)
    actions.set_up_office(lambda _: None)
    person = User.objects.create_user("paula@stadt.example", first_name="Paula „Ö“", last_name="Probe")
    areas = [config.label for config in apps.get_app_configs() if config.name.startswith("akademie.")]
    for area in areas:
        if (ROOT / "akademie" / area / "tests" / "personal.py").exists():
            import_module(f"akademie.{area}.tests.personal").leave_traces(person, "zwuelfinghaus")
    LibraryItemFactory(title="=SUM(1;2)", year=None)
    PracticeCaseFactory()
    FormatProfileFactory()
    make_page("Über uns", "ueber-uns").save_revision()
    make_news("Neu", "neu")
    TermFactory()
    Explanation.objects.create(subject=Subject.values[0], text="<p>Hier steht, was es gibt.</p>")
    WebLink.objects.create(url="https://amt.example/", digest=digest_of("https://amt.example/"), host="amt.example")

    first_path, first = archive.write(tmp_path / "first", kind="export")
    full = {label for label, table in first.tables.items() if table.rows}
    assert len(full) >= LEAST
    assert set(areas) - {label.split(".")[0] for label in full} == {"api", "operation", "search"}  # theirs stay here

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    sqlite = {"DATABASE_URL": f"sqlite:///{elsewhere / 'db.sqlite3'}"}
    done = manage(elsewhere, "import_all", str(first_path), **sqlite)
    assert (done.returncode, done.stderr) == (0, "")
    done = manage(elsewhere, "export_all", "--to", str(tmp_path / "second"), **sqlite)
    name = AcademyDocument.objects.get(title="Satzung").file.name  # a trace has the row alone
    missing = f"Achtung: Dateien genannt, aber nicht vorhanden: {name}.\n"
    assert (done.returncode, done.stderr) == (0, missing)
    (second_path,) = (tmp_path / "second").glob("*.zip")
    second = archive.verify(second_path)
    assert {label: one for label, one in contents(first).items() if contents(second)[label] != one} == {}
    assert contents(second).keys() == contents(first).keys()
    assert second.files == first.files
