"""The town field understands what people type, and asks back where several are meant."""

import pytest
from django import forms

from akademie.towns.forms import SmallTownForm, TownField
from akademie.towns.models import Town


class Ask(forms.Form):
    town = TownField(label="Ihre Stadt", required=False)
    needed = TownField(label="Ihre Stadt")


def asked(typed: str) -> Ask:
    return Ask({"town": typed, "needed": "Wittenberge"})


@pytest.mark.parametrize(
    ("typed", "ags"),
    [
        ("Wittenberge", "12070424"),
        ("  wittenberge ", "12070424"),
        ("12070424", "12070424"),
        ("1053090", "01053090"),
        ("19322", "12070424"),
        ("Mölln (Herzogtum Lauenburg)", "01053090"),
        ("Moelln (Kreis Herzogtum Lauenburg)", "01053090"),
        ("Mölln (Mecklenburgische Seenplatte)", "13071102"),
        ("Mölln (Schleswig-Holstein)", "01053090"),
        ("Mölln Mecklenburgische Seenplatte", "13071102"),
        ("Munster", "03358016"),
        ("Münster", "05515000"),
        ("Bela Woda", "14626600"),
        ("Röbel", "13071124"),
    ],
)
def test_a_town_is_understood(towns, typed, ags):
    form = asked(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["town"] == Town.objects.get(pk=ags)


def test_what_the_field_offers_is_what_it_understands(towns):
    form = asked("Mölln")
    assert form.errors["town"] == [
        "Meinten Sie Mölln (Kreis Herzogtum Lauenburg) oder Mölln (Landkreis Mecklenburgische Seenplatte)? "
        "Bitte schreiben Sie den Kreis dazu."
    ]
    offered = form.fields["town"].widget.offered
    assert [asked(one).is_valid() for one in offered] == [True, True]
    drawn = str(form["town"])
    assert drawn.count("<option") == 2
    assert 'list="id_town-auswahl"' in drawn
    assert 'value="Mölln"' in drawn  # what was typed is kept


def test_an_unknown_town_is_answered_with_the_nearest(towns):
    assert asked("Wittenbrege").errors["town"] == [
        "„Wittenbrege“ steht nicht im Gemeindeverzeichnis. Meinten Sie Wittenberge (Landkreis Prignitz)?"
    ]
    assert asked("Entenhausen").errors["town"] == [
        "„Entenhausen“ steht nicht im Gemeindeverzeichnis. Bitte prüfen Sie die Schreibweise."
    ]


@pytest.mark.parametrize("typed", ["", "   ", "\u200f"])
def test_an_empty_field_is_no_town(towns, typed):
    form = asked(typed)
    assert form.is_valid()
    assert form.cleaned_data["town"] is None


def test_a_needed_town_must_be_there(towns):
    assert Ask({"needed": " "}).errors["needed"] == ["Dieses Feld muss ausgefüllt werden."]


@pytest.mark.parametrize("typed", ["x" * 10_000, "Mölln\x00", '"(((', ")(", "(", "‮Mölln", "%_'\\", "12070424" * 9])
def test_bad_input_gets_an_answer(towns, typed):
    form = asked(typed)
    assert form.is_valid() or len(form.errors["town"]) == 1


def test_a_key_is_shown_as_a_name(towns):
    assert 'value="Wittenberge (Landkreis Prignitz)"' in str(Ask(initial={"town": "12070424"})["town"])
    assert 'value="Wittenberge (Landkreis Prignitz)"' in str(Ask(initial={"town": towns["12070424"]})["town"])


def test_the_offices_word_is_remembered(towns):
    class OfficeForm(SmallTownForm):
        class Meta:
            model = Town
            fields = ["small_town"]

    town = towns["05515000"]
    form = OfficeForm({"small_town": ""}, instance=town)
    assert form.is_valid()
    assert not form.save().small_town_decided
    form = OfficeForm({"small_town": "office"}, instance=town)
    assert form.is_valid()
    assert form.save().small_town_decided


def test_a_town_without_a_district_is_called_what_it_is(towns):
    form = Ask(initial={"town": "05515000"})
    assert form["town"].value() == "Münster (kreisfreie Stadt)"
    assert asked("Münster (kreisfreie Stadt)").is_valid()
