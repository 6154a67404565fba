"""Error pages lead on, keep the status and never fail themselves."""

import json
import os
import re
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
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
    return HttpResponse(f"{len(request.POST)} {len(request.FILES)}")


urlpatterns = [
    *(path(f"probe/{view.__name__}/", view) for view in (forbidden, suspicious, broken, form)),
    *ours,
]
handler400, handler403, handler404 = pages.bad_request, pages.permission_denied, pages.not_found
handler500 = pages.server_error

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


def test_an_address_for_forms_only_says_so(client):
    answer = client.get("/abmelden/")
    assert (answer.status_code, answer["Allow"], heading(answer)) == (
        405, "POST", "Hier geht es nur mit einem Knopf weiter",
    )  # fmt: skip


def test_a_form_without_its_protecting_word_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/probe/form/", {"a": "b"})
    assert (answer.status_code, heading(answer)) == (403, "Bitte schicken Sie das Formular noch einmal ab")


def test_a_fault_of_ours_tells_nothing_and_leads_on(client):
    client.raise_request_exception = False
    answer = client.get("/probe/broken/")
    assert (answer.status_code, heading(answer)) == (500, "Da ging etwas schief")
    assert "secret" not in answer.content.decode()


def test_a_plain_page_asks_for_no_value_but_its_own():
    source = get_template("core/plain_error.html").template.source
    assert set(re.findall(r"{{ (\w+) }}|{% (?!load static|static )", source)) == {"heading", "sentence", "site"}


MANY = {f"feld{number}": "x" for number in range(2001)}


@pytest.mark.parametrize("checked", [True, False], ids=["while CSRF is checked", "in the view"])
@pytest.mark.parametrize(
    ("fields", "encoded", "limit"),
    [
        ({"text": "x" * 6_000_000}, True, "Ein Formular nimmt höchstens 5 MB Text an."),
        ({"text": "x" * 6_000_000}, False, "Ein Formular nimmt höchstens 5 MB Text an."),
        (MANY, True, "Ein Formular nimmt höchstens 2000 Angaben auf einmal an."),
        (MANY, False, "Ein Formular nimmt höchstens 2000 Angaben auf einmal an."),
        ("files", False, "Ein Formular nimmt höchstens 100 Dateien auf einmal an."),
    ],
)
def test_input_that_is_too_large_is_told_its_limit(settings, fields, encoded, limit, checked):
    if fields == "files":
        fields = {f"datei{number}": SimpleUploadedFile("a.txt", b"x") for number in range(101)}
    kind = {"content_type": "application/x-www-form-urlencoded"} if encoded else {}
    sender = Client(enforce_csrf_checks=checked)
    sender.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32  # with the word in the cookie the form is read while checking
    answer = sender.post("/probe/form/", urlencode(fields) if encoded else fields, **kind)
    assert (answer.status_code, heading(answer)) == (413, "Das ist zu viel auf einmal")
    assert limit in answer.content.decode()
    assert '<header class="ak-head">' in answer.content.decode()  # in the frame


def test_input_of_the_largest_size_comes_in(client):
    assert client.post("/probe/form/", {"text": "x" * 5_000_000}).content == b"1 0"


def test_a_host_that_is_not_ours_is_led_home(client, settings):
    answer = client.get("/", headers={"host": "fremd.example"})
    assert (answer.status_code, heading(answer)) == (400, "Diese Anfrage war nicht lesbar")
    assert f'href="{settings.SITE_URL}/"' in answer.content.decode()
    assert "fremd" not in answer.content.decode()


ASK_ALL = """
import json, logging, sys
import django
django.setup()
logging.disable()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
pages = ["/", "/gibt-es/nicht/", "/suche/?q=Markt", "/staedte/", "/anmelden/"]
answers = [*map(client.get, pages), client.post("/anmelden/", {"email": "paula@stadt.example"})]
json.dump([(one.status_code, one.headers.get("Retry-After"), "kurze Pause" in one.text) for one in answers], sys.stdout)
"""


@pytest.mark.slow
@pytest.mark.parametrize("place", ["postgres://a:b@127.0.0.1:1/nobody", "sqlite:////gibt/es/nicht/db.sqlite3"])
def test_without_its_database_the_site_says_that_it_pauses(place, tmp_path):
    """In a process of its own, whose database cannot be reached."""
    environment = os.environ | {"DATABASE_URL": place, "DATA_DIR": str(tmp_path)}
    asked = subprocess.run([sys.executable, "-c", ASK_ALL], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(asked.stdout) == [[503, "60", True]] * 6
