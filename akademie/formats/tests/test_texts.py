"""Templates with their gaps, checklists, and how to go about a format that cannot be started yet."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from akademie.formats import actions, queries, starters, texts
from akademie.formats.models import ChecklistItem, FormatProfile, FormatTemplate
from akademie.formats.starters import FormatStarter
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.formats.words import TemplateKind

pytestmark = pytest.mark.django_db
VALUES = {"titel": "Leerstand", "datum": "Montag, 4. Januar 2027", "uhrzeit": "10 bis 11 Uhr", "ort": "Rathaus"}


def test_every_shipped_text_is_complete_and_says_what_is_missing() -> None:
    actions.load_formats(lambda line: None)
    for profile in FormatProfile.objects.all():
        shown = texts.all_texts(profile, texts.EXAMPLES)
        assert [text.kind for text in shown if "{{" in text.subject + text.body] == []
        assert [text.kind for text in shown if " ergänzen]" in text.subject + text.body] == []
        assert [text.kind for text in shown if len(text.subject) > 120 or len(text.body) > 4000] == []
        assert {"einladung", "presse"} <= {text.kind for text in shown}
    assert set(TemplateKind.values) == {one.kind for one in texts.all_texts(FormatProfileFactory(), {})}


def test_what_the_profile_knows_is_put_in_and_what_nobody_said_is_named() -> None:
    profile = FormatProfileFactory(name="Runde", result="Eine Liste", steps=[("Vorab", 0), ("Reden", 40)])
    text = texts.text_of(profile, "einladung", VALUES | {"satz": ""})
    assert text.subject == "Einladung: Leerstand am Montag, 4. Januar 2027"
    for part in ("- Vorab\n- Reden (40 Minuten)", "Das nehmen Sie mit: Eine Liste", "Wo: Rathaus", "[Satz ergänzen]"):
        assert part in text.body


def test_values_are_never_read_again() -> None:
    profile = FormatProfileFactory()
    FormatTemplate.objects.create(profile=profile, kind="dank", subject="Für {{ titel }}\n", text="{{ort}}")
    text = texts.text_of(profile, "dank", {"titel": "{{ort}}", "ort": "{{titel}} …"})
    assert (text.subject, text.body) == ("Für {{ort}}", "{{titel}} …")
    with pytest.raises(KeyError):
        texts.text_of(profile, "dank", {"titl": "x"})


def test_an_unknown_placeholder_is_refused_at_its_field_with_the_known_ones() -> None:
    row = FormatTemplate(kind="dank", subject="{{titel}}", text="Danke, {{ort}} und {{wetter}}.")
    with pytest.raises(ValidationError) as refusal:
        row.clean()
    (says,) = refusal.value.message_dict["text"]
    assert says.startswith("Den Platzhalter „{{wetter}}“ gibt es nicht. Möglich sind: {{titel}}, ")
    assert list(refusal.value.message_dict) == ["text"]


def test_a_variant_of_a_tandem_has_the_texts_of_a_tandem() -> None:
    origin = FormatProfileFactory(slug="tandem")
    variant = FormatProfileFactory(slug="tandem-im-kreis", origin=origin)
    own = texts.all_texts(variant, {}, lineage=queries.lineage(variant))
    assert [text.kind for text in own] == ["einladung", "tagesordnung", "presse"]
    assert "Städte-Tandem" in own[0].body


def test_checklists_differ_by_place_and_an_own_one_goes_first() -> None:
    digital, on_site = FormatProfileFactory(mode=["digital"]), FormatProfileFactory(mode=["praesenz"])
    titles = [{title for title, _, _ in queries.checklist_of(one)} for one in (digital, on_site)]
    assert "Videokonferenz anlegen, Untertitel und Einwahl per Telefon prüfen" in titles[0] - titles[1]
    assert "Raum einrichten, Technik prüfen, Wege ausschildern" in titles[1] - titles[0]
    assert {days for _, days, _ in queries.checklist_of(digital)} >= {-14, -7, -1, 1}
    for title, days, only_in in (("Danken", 1, ""), ("Raum", -7, "praesenz"), ("Link", -7, "digital")):
        ChecklistItem.objects.create(profile=digital, title=title, days=days, role="Büro", only_in=only_in)
    assert queries.checklist_of(digital) == [("Raum", -7, "Büro"), ("Link", -7, "Büro"), ("Danken", 1, "Büro")]
    assert queries.checklist_of(digital, "praesenz") == [("Raum", -7, "Büro"), ("Danken", 1, "Büro")]
    assert len(queries.checklist_of(digital, "hybrid")) == 3


def test_templates_are_shown_filled_and_taken_along(client: Client) -> None:
    profile = FormatProfileFactory(slug="runde", name="Runde")
    FormatTemplate.objects.create(profile=profile, kind="dank", subject="Danke für {{titel}}", text="Bis bald\n<b>")
    page = client.get("/formate/runde/vorlagen/").text
    assert "Danke für [Titel ergänzen]" in page
    assert "Bis bald<br>&lt;b&gt;" in page
    filled = client.get("/formate/runde/vorlagen/?beispiel=1").text
    assert ("Das sind Beispielangaben." in filled, "Danke für Leerstand neu nutzen" in filled) == (True, True)
    taken = client.get("/formate/runde/vorlagen/dank.txt")
    assert taken.content.decode() == "Danke für [Titel ergänzen]\r\n\r\nBis bald\r\n<b>\r\n"
    word = client.get("/formate/runde/vorlagen/dank.docx")
    document = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    assert ("Danke für [Titel ergänzen]" in document, "&lt;b&gt;" in document) == (True, True)
    assert client.get("/formate/runde/vorlagen/quatsch.txt").status_code == 404


def test_a_preview_takes_the_next_real_date(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    FormatProfileFactory(slug="runde")
    starter = FormatStarter(
        key="t", label="Starten", what="x", starts=lambda lineage: lineage == ("runde",), view=lambda *_: None,
        example=lambda profile: {"titel": f"Runde am {date(2027, 1, 4):%d.%m.}"},
    )  # fmt: skip
    monkeypatch.setattr(starters.format_starters, "_items", {"t": starter})
    page = client.get("/formate/runde/vorlagen/?beispiel=1").text
    assert ("Runde am 04.01." in page, "Das sind Beispielangaben." in page) == (True, False)
    assert '<span class="kern-label">Starten</span>' in client.get("/formate/runde/").text


def test_a_format_that_cannot_be_started_says_what_comes_and_has_no_button(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starters.format_starters, "_items", {})
    actions.load_formats(lambda line: None)
    told = {}
    for slug in ("video-tutorial", "entscheidungsbaum", "selbstlernmodul", "tandem", "popup-labor"):
        page = client.get(f"/formate/{slug}/starten/").text
        told[slug] = texts.coming((slug,))
        assert told[slug] in page
        main = page[page.index("<main") : page.index("</main>")]
        assert ("<button" in main, "<form" in main, f"/formate/{slug}/vorlagen/#einladung" in main) == (
            False,
            False,
            True,
        )
    assert len(set(told.values())) == 5
    assert client.post("/formate/tandem/starten/").status_code == 405
