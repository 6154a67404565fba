"""Error pages lead on, keep the status and never fail themselves."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import get_template
from django.test import Client
from django.urls import path

from akademie.core.access import public
from akademie.core.views import public as pages
from akademie.urls import urlpatterns as ours


@public
def forbidden(request):
    raise PermissionDenied


@public
def suspicious(request):
    raise SuspiciousOperation("bad")


@public
def broken(request):
    raise RuntimeError("secret detail")


@public
def form(request):
    return pages.gallery(request)


urlpatterns = [
    *(path(f"probe/{view.__name__}/", view) for view in (forbidden, suspicious, broken, form)),
    *ours,
]
handler400, handler403, handler404 = pages.bad_request, pages.permission_denied, pages.not_found

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def heading(answer) -> str:
    return re.search("<h1>(.*?)</h1>", answer.content.decode())[1]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/gibt-es/nicht/", 404, "Diese Seite gibt es nicht"),
        ("/probe/forbidden/", 403, "Das dürfen Sie hier nicht"),
        ("/probe/suspicious/", 400, "Das hat die Seite nicht verstanden"),
    ],
)
def test_an_error_has_its_status_and_leads_on(client, address, status, says):
    answer = client.get(address)
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert (answer.status_code, heading(answer)) == (status, says)
    assert re.findall(r'(?:href|action)="([^"]+)"', main) == [
        "/suche/", "/", "/wegweiser/", "/staedte/", "/austausch/frage/"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("/themen-alt/leerstand-innenstadt/", "themen alt leerstand innenstadt"),
        ("/M%C3%BCnster/", "Münster"),
        ("/%3Cscript%3E/", "script"),
        ("/1234/--/", ""),
        ("/" + "a" * 3000 + "/", "a" * 60),
        ("/%00%ff/", ""),
    ],
)
def test_the_words_of_an_unknown_address_fill_the_search(client, address, offered):
    answer = client.get(address)
    assert answer.status_code == 404
    assert re.search(r'type="search" name="q" value="([^"]*)"', answer.content.decode())[1] == offered


def test_a_form_without_its_protecting_word_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/probe/form/", {"a": "b"})
    assert (answer.status_code, heading(answer)) == (403, "Bitte schicken Sie das Formular noch einmal ab")


def test_a_fault_of_ours_tells_nothing_and_leads_on(client):
    client.raise_request_exception = False
    answer = client.get("/probe/broken/")
    assert (answer.status_code, heading(answer)) == (500, "Da ging etwas schief")
    assert "secret" not in answer.content.decode()


def test_the_page_for_our_faults_asks_for_no_value_of_the_page():
    assert re.findall(r"{{|{% (?!load static|static )", get_template("500.html").template.source) == []
