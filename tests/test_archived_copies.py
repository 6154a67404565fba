"""Copies of documents of others: only where the licence allows it, offered only when the link is broken."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
import typst
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from akademie.core.tests.web import WebServer, answer
from akademie.library.kinds import Kind
from akademie.library.models import LibraryItem
from akademie.library.tests.factories import LibraryItemFactory
from akademie.weblinks import archiving, checking
from akademie.weblinks.models import ArchivedCopy, State, WebLink
from tests.weblinks import look_everywhere, server  # noqa: F401

pytestmark = pytest.mark.django_db
PDF = typst.compile(b"= Studie", format="pdf")
OPEN = {"license": "CC BY 4.0", "title": "Studie", "persons": "BBSR", "year": 2021, "slug": "studie"}
MORNING = "2026-11-23 03:30+01:00"


def pdf(data: bytes = PDF) -> bytes:
    return answer(data, Content_Type="application/pdf")


def files() -> list[str]:
    return default_storage.listdir("archive")[1] if default_storage.exists("archive") else []


@pytest.fixture(autouse=True)
def empty_archive(db: None) -> None:
    for name in files():
        default_storage.delete(f"archive/{name}")


def break_links() -> None:
    """Let all links fail until they count as broken."""
    for _day in range(3):
        WebLink.objects.update(due_on=timezone.localdate(), last_failed_on=None)
        checking.check_due.func()


def test_a_copy_is_kept_and_offered_when_the_link_breaks(client: Client, server: WebServer) -> None:  # noqa: F811
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    with time_machine.travel(MORNING):
        look_everywhere()
    copy = ArchivedCopy.objects.get()
    assert (copy.media_type, copy.size, copy.licence, copy.source) == (
        "application/pdf", len(PDF), "CC BY 4.0", "BBSR, Studie, 2021",
    )  # fmt: skip
    address = f"/archivierte-fassung/{copy.pk}/"
    assert "Archivierte Fassung" not in client.get("/bibliothek/studie/").content.decode()
    assert client.get(address).status_code == 404
    del server.answers["/x.pdf"]
    break_links()
    page = client.get("/bibliothek/studie/").content.decode()
    assert "Archivierte Fassung vom 23. November 2026" in page
    assert f'href="{address}"' in page
    assert "Lizenz: CC BY 4.0. Quelle: BBSR, Studie, 2021" in page
    got = client.get(address)
    assert b"".join(got.streaming_content) == PDF  # type: ignore[attr-defined]
    assert {name: got[name] for name in (
        "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy"
    )} == {
        "Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="archivierte-fassung-{copy.pk}.pdf"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }  # fmt: skip
    WebLink.objects.update(confirmed_until=timezone.localdate())
    assert client.get(address).status_code == 404, "the office says that the link is right"


def test_the_page_offers_no_copy_any_more_when_the_link_works_again(
    client: Client, server: WebServer  # noqa: F811
) -> None:  # fmt: skip
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    look_everywhere()
    del server.answers["/x.pdf"]
    break_links()
    assert "Archivierte Fassung" in client.get("/bibliothek/studie/").content.decode()
    server.answers["/x.pdf"] = pdf()
    break_links()
    assert "Archivierte Fassung" not in client.get("/bibliothek/studie/").content.decode()


@pytest.mark.parametrize("licence", ["", "CC BY-NC 4.0", "CC BY-NC-SA 4.0", "frei verfügbar", "© BBSR"])
def test_without_a_licence_of_the_list_nothing_is_copied(server: WebServer, licence: str) -> None:  # noqa: F811
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN | {"license": licence})
    look_everywhere()
    assert (ArchivedCopy.objects.count(), files(), server.paths) == (0, [], ["/x.pdf"])


@pytest.mark.parametrize(
    "given",
    [
        answer(b"<h1>Studie</h1>", Content_Type="text/html"),
        answer(b"MZ\x90\x00", Content_Type="application/pdf"),
        pdf(b"%PDF-1.7\n1 0 obj << /S /JavaScript /JS (x) >> endobj\ntrailer << >>\n%%EOF"),
        pdf(b"%PDF-1.7\ntrailer << /Encrypt 1 0 R >>\n%%EOF"),
        pdf(PDF[: len(PDF) // 2]),
        pdf(PDF + b"x" * archiving.MOST_BYTES),
    ],
    ids=["a page about it", "a program", "a script", "encrypted", "cut off", "too large"],
)
def test_what_is_not_surely_harmless_is_not_kept(server: WebServer, given: bytes) -> None:  # noqa: F811
    server.answers["/x.pdf"] = given
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    look_everywhere()
    assert (WebLink.objects.get().state, ArchivedCopy.objects.count(), files()) == (State.FINE, 0, [])


def test_a_web_page_that_is_the_work_itself_is_kept_without_scripts(server: WebServer) -> None:  # noqa: F811
    html = '<h1 onclick="x()">Größe</h1><script>alert(1)</script><iframe src="//x.example"></iframe>'
    server.answers["/x"] = answer(html.encode("latin-1"), Content_Type="text/html; charset=ISO-8859-1")
    LibraryItemFactory(link=server.url("/x"), kind=Kind.WEBSITE, **OPEN)
    look_everywhere()
    text = ArchivedCopy.objects.get().file.read().decode()
    assert text == (
        f'<!doctype html><html><meta charset="utf-8"><title>{server.url("/x")}</title>\n<h1>Größe</h1>\n</html>\n'
    )


def test_a_copy_is_renewed_after_half_a_year(server: WebServer) -> None:  # noqa: F811
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    newer = typst.compile(b"= Neue Fassung", format="pdf")
    with time_machine.travel(MORNING) as clock:
        look_everywhere()
        server.answers["/x.pdf"] = pdf(newer)
        clock.shift(timedelta(days=7))
        look_everywhere()
        assert ArchivedCopy.objects.get().file.read() == PDF
        clock.shift(timedelta(days=180))
        look_everywhere()
    assert ArchivedCopy.objects.get().file.read() == newer


@pytest.mark.parametrize("change", [{"license": "CC BY-NC 4.0"}, {"link": ""}, {"live": False}])
@pytest.mark.django_db(transaction=True)
def test_a_copy_goes_with_its_file_when_it_is_not_allowed_any_more(
    server: WebServer, change: dict[str, Any]  # noqa: F811
) -> None:  # fmt: skip
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    look_everywhere()
    assert (ArchivedCopy.objects.count(), len(files())) == (1, 1)
    LibraryItem.objects.update(**change)
    look_everywhere()
    assert (ArchivedCopy.objects.count(), files()) == (0, [])


def test_no_address_leads_to_the_folder_of_the_copies(client: Client, server: WebServer) -> None:  # noqa: F811
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    look_everywhere()
    assert client.get(f"/medien/{ArchivedCopy.objects.get().file.name}").status_code == 404


def test_the_page_of_an_item_asks_as_little_with_a_copy_as_without(
    client: Client, server: WebServer, queries: Any  # noqa: F811
) -> None:  # fmt: skip
    server.answers["/x.pdf"] = pdf()
    LibraryItemFactory(link=server.url("/x.pdf"), **OPEN)
    look_everywhere()
    without = queries(lambda: client.get("/bibliothek/studie/"))
    del server.answers["/x.pdf"]
    break_links()
    assert queries(lambda: client.get("/bibliothek/studie/")) == without
