"""The one field template: label, hint, limit and error belong to their input, in KERN's markup."""

import re

import pytest
from django import forms

from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.core.gallery import SampleForm


class QuestionForm(forms.Form):
    text = forms.CharField(label="Frage", help_text="Ein Satz genügt.", max_length=200, widget=forms.Textarea)
    name = forms.CharField(label="Name <b>", required=False)
    website = Trap()


def drawn(form: forms.Form, name: str) -> str:
    return form[name].as_field_group()


def inputs(html: str) -> list[dict[str, str]]:
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall("<(?:input|textarea|select)[^>]*>", html)
    ]


def test_hint_error_and_limit_are_read_with_the_input():
    html = drawn(QuestionForm({"text": ""}), "text")
    [field] = inputs(html)
    assert field["class"] == "kern-form-input__input"
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"].split() == ["id_text_helptext", "id_text_error", "id_text_limit"]
    assert all(f'id="{part}"' in html for part in field["aria-describedby"].split())
    assert re.search(r'id="id_text_limit">(.*?)<', html)[1] == "Höchstens 200 Zeichen"


def test_optional_fields_say_so_in_words_and_labels_are_escaped():
    html = drawn(QuestionForm(), "name")
    assert re.search('<label class="kern-label" for="id_name">(.*?)</label>', html)[1] == (
        'Name &lt;b&gt; <span class="kern-label__optional">(freiwillig)</span>'
    )
    assert "aria-describedby" not in inputs(html)[0]


class SometimesForm(forms.Form):
    name = LineField(label="Name", needed_if="nur nötig bei <b>", max_length=5)
    email = MailField(needed_if="nur nötig, wenn wir antworten sollen")
    text = PlainTextField(label="Text", required=False)


def test_a_field_that_is_needed_sometimes_says_when():
    html = drawn(SometimesForm(), "email")
    assert re.search('<label class="kern-label" for="id_email">(.*?)</label>', html)[1] == (
        'Ihre E-Mail-Adresse <span class="kern-label__optional">(nur nötig, wenn wir antworten sollen)</span>'
    )
    assert "(nur nötig bei &lt;b&gt;)" in drawn(SometimesForm(), "name")
    assert SometimesForm({}).is_valid()


def test_fields_keep_what_a_person_meant():
    form = SometimesForm({"name": " A\u200b\r\nB ", "email": " Paula@Stadt.Example ", "text": "Eins\r\nZwei\u202e\x00"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"name": "A B", "email": "paula@stadt.example", "text": "Eins\nZwei"}
    wrong = SometimesForm({"name": "Abcdef", "email": "paula"})
    assert list(wrong.errors) == ["name", "email"]
    assert wrong.errors["email"] == ["Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"]


def test_typed_input_is_kept():
    assert '"><script>' not in drawn(QuestionForm({"name": '"><script>'}), "name")
    assert inputs(drawn(QuestionForm({"name": "Prüm"}), "name"))[0]["value"] == "Prüm"


@pytest.mark.parametrize(("name", "kind"), [("way", "kern-form-check__radio"), ("topics", "kern-form-check__checkbox")])
def test_groups_are_fieldsets_with_a_legend(name, kind):
    html = drawn(SampleForm(), name)
    assert re.match("<fieldset", html.strip())
    assert re.findall("<legend[^>]*>([^<]+)", html)[0].strip() == SampleForm.base_fields[name].label
    choices = inputs(html)
    assert [choice["class"] for choice in choices] == [kind, kind]
    assert re.findall('<label class="kern-label" for="([^"]+)"', html) == [choice["id"] for choice in choices]


def test_a_single_box_has_its_label_beside_it():
    [box] = inputs(drawn(SampleForm(), "agreed"))
    assert (box["type"], box["class"]) == ("checkbox", "kern-form-check__checkbox")


def test_the_summary_links_to_each_wrong_field():
    html = str(SampleForm({"name": "A", "email": "x", "town": "1", "way": "brief", "agreed": "on"}))
    summary = html.split("</ul>", 1)[0]
    assert re.findall('<a href="#([^"]+)">([^:]+):', summary) == [
        ("id_email", "Ihre E-Mail-Adresse"), ("id_way", "Wie sollen wir antworten?")
    ]  # fmt: skip
    assert all(f'id="{target}"' in html for target in re.findall('<a href="#([^"]+)"', summary))


def test_a_trap_is_hidden_from_people():
    assert re.findall('<div class="ak-trap" aria-hidden="true">', drawn(QuestionForm(), "website")) != []
    assert inputs(drawn(QuestionForm(), "website"))[0]["tabindex"] == "-1"


def test_a_form_that_is_sent_at_once_has_to_be_sent_again(settings, time_machine):
    settings.FORM_SECONDS = 2
    time_machine.move_to("2027-01-04 12:00:00", tick=False)
    given = {"text": "Wer hat Erfahrung?", "website": ""}
    first = inputs(drawn(QuestionForm(), "website"))[1]
    assert (first["type"], first["name"]) == ("hidden", "website-seit")
    time_machine.shift(1)
    for drawn_at in (first["value"], "", "gefälscht:x:y"):
        form = QuestionForm({**given, "website-seit": drawn_at})
        assert form.errors == {
            "website": ["Das ging schneller, als Menschen schreiben. Bitte schicken Sie das Formular noch einmal ab."]
        }
        assert "<li>Das ging schneller" in str(form), "nothing leads to a field that nobody sees"
        again = inputs(drawn(form, "website"))[1]["value"]
        assert (again == first["value"]) == (drawn_at == first["value"])
        time_machine.shift(2)
        assert QuestionForm({**given, "website-seit": again}).is_valid()
        time_machine.shift(-2)
    assert QuestionForm({**given, "website": "x", "website-seit": first["value"]}).errors == {
        "website": ["Bitte lassen Sie dieses Feld leer."]
    }


def test_a_form_that_lay_open_over_a_weekend_is_sent_and_an_older_one_with_one_more_press(settings, time_machine):
    settings.FORM_SECONDS = 2
    time_machine.move_to("2027-01-08 17:00:00", tick=False)
    given = {"text": "Wer hat Erfahrung?", "website": ""}
    stamp = inputs(drawn(QuestionForm(), "website"))[1]["value"]
    time_machine.shift(3 * 24 * 60 * 60)
    assert QuestionForm({**given, "website-seit": stamp}).is_valid()
    time_machine.shift(4 * 24 * 60 * 60 + 1)
    for _ in range(2):
        form = QuestionForm({**given, "website-seit": stamp})
        assert form.errors == {
            "website": ["Diese Seite war länger als 7 Tage offen. Bitte schicken Sie das Formular noch einmal ab."]
        }
    assert "Wer hat Erfahrung?" in str(form)
    again = inputs(drawn(form, "website"))[1]["value"]
    assert QuestionForm({**given, "website-seit": again}).is_valid(), "at once, even if that is fast"


def test_a_clock_that_is_put_back_holds_nobody_up_for_long(settings, time_machine):
    settings.FORM_SECONDS = 2
    time_machine.move_to("2027-01-04 12:00:00", tick=False)
    given = {"text": "Wer hat Erfahrung?", "website": ""}
    stamp = inputs(drawn(QuestionForm(), "website"))[1]["value"]
    time_machine.shift(-3600)
    form = QuestionForm({**given, "website-seit": stamp})
    again = inputs(drawn(form, "website"))[1]["value"]
    assert not form.is_valid()
    time_machine.shift(2)
    assert QuestionForm({**given, "website-seit": again}).is_valid()


def test_a_hasty_form_may_be_sent_by_a_password_manager(settings):
    settings.FORM_SECONDS = 2
    assert Trap(hasty=True).clean(("", "")) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/wegweiser/?q=%00%22kaputt", "/menschen/?hilft=%00x", "/praxis/?thema=%00x"])
def test_no_page_sends_a_zero_character_back(client, address):
    answer = client.get(address)
    assert (answer.status_code, b"\x00" in answer.content) == (200, False)
