"""Input about oneself: the profile, the two lists of topics, who acts with a shared account."""

from __future__ import annotations

from typing import Any

from django import forms

from akademie.core.forms import LineField, NameField, PlainTextField
from akademie.people import queries
from akademie.people.models import (
    MAX_ABOUT,
    MAX_SENTENCE,
    MAX_TOPICS,
    MOST_PER_MONTH,
    Audience,
    Direction,
    Profile,
)
from akademie.topics.models import Topic
from akademie.topics.queries import main_topics

NAME = {"max_length": "Bitte kürzen Sie den Namen auf 80 Zeichen."}


LEVELS = [(one.value, one.label) for one in (Audience.PARTICIPANTS, Audience.PUBLIC, Audience.NOBODY)]
ABOVE = "oben"
AS_ABOVE = [(ABOVE, "wie oben gewählt"), *LEVELS]


class LevelField(forms.TypedChoiceField):
    """Who may see something; None for those who may see the profile."""

    default_error_messages = {
        "required": "Bitte wählen Sie, wer das sieht.",
        "invalid_choice": "Bitte wählen Sie, wer das sieht.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=lambda value: None if value == ABOVE else int(value), **kwargs)


class ProfileForm(forms.ModelForm):
    """What somebody tells about themselves, and to whom."""

    first_name = LineField(
        label="Vorname", max_length=80, widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": "Bitte nennen Sie Ihren Vornamen.", **NAME},
    )  # fmt: skip
    last_name = LineField(
        label="Nachname", max_length=80, widget=forms.TextInput({"autocomplete": "family-name"}),
        error_messages={"required": "Bitte nennen Sie Ihren Nachnamen.", **NAME},
    )  # fmt: skip
    about = PlainTextField(
        label="Über mich", max_length=MAX_ABOUT, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="Zwei, drei Sätze: Woran arbeiten Sie gerade?",
        error_messages={"max_length": f"Bitte kürzen Sie den Text auf {MAX_ABOUT} Zeichen."},
    )  # fmt: skip
    phone = forms.RegexField(
        r"^[0-9+()/ .\-]{4,40}$", label="Telefon", required=False, strip=True,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": "Bitte prüfen Sie die Nummer. Sie sieht so aus: 03876 781-0"},
    )  # fmt: skip
    requests_per_month = forms.IntegerField(
        label="Höchstens so viele Anfragen im Monat", min_value=0, max_value=MOST_PER_MONTH,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text="Andere schreiben Ihnen über ein Formular, ohne Ihre Adresse zu sehen. 0 heißt: keine Anfragen.",
        error_messages={
            "required": "Bitte nennen Sie eine Zahl. 0 heißt: keine Anfragen.",
            "invalid": "Bitte nennen Sie eine ganze Zahl. 0 heißt: keine Anfragen.",
            "min_value": "Weniger als 0 geht nicht. 0 heißt: keine Anfragen.",
            "max_value": f"Mehr als {MOST_PER_MONTH} im Monat sind nicht vorgesehen.",
        },
    )  # fmt: skip
    is_shared = forms.BooleanField(
        label="Mehrere Menschen nutzen dieses Postfach (zum Beispiel info@stadt.de). Wer sich anmeldet, sagt dann "
        "seinen Namen.",
        required=False,
    )

    show_name = LevelField(
        label="Wer darf Ihr Profil sehen?", widget=forms.RadioSelect, choices=LEVELS,
        help_text="Wer es nicht sehen darf, findet Sie auch nicht unter „Menschen“. Ihre Adresse sieht niemand.",
    )  # fmt: skip
    show_phone = LevelField(label="Wer sieht die Nummer?", choices=LEVELS)
    show_function = LevelField(label="Wer sieht Ihre Städte, Organisationen und Funktion?", choices=AS_ABOVE)
    show_helps = LevelField(label="Wer sieht „Kann helfen bei“?", choices=AS_ABOVE)
    show_seeks = LevelField(label="Wer sieht „Sucht Rat zu“?", choices=AS_ABOVE)
    show_about = LevelField(label="Wer sieht den Text über Sie?", choices=AS_ABOVE)

    class Meta:
        model = Profile
        fields = [
            "about", "phone", "show_name", "show_function", "show_helps", "show_seeks", "show_about", "show_phone",
            "requests_per_month", "is_shared",
        ]  # fmt: skip

    FINER = ("show_function", "show_helps", "show_seeks", "show_about")  # folded away
    FIRST = ("first_name", "last_name", "show_name")
    field_order = [*FIRST, *FINER, "about", "phone", "show_phone", "requests_per_month", "is_shared"]

    def __init__(self, data: Any, *, profile: Profile) -> None:
        initial = {"first_name": profile.user.first_name, "last_name": profile.user.last_name}
        as_above = {name: ABOVE for name in self.FINER if getattr(profile, name) == profile.show_name}
        super().__init__(data, instance=profile, initial={**initial, **as_above})

    def clean(self) -> dict[str, Any]:
        """Show what was not set by itself to those who may see the profile."""
        given: dict[str, Any] = super().clean() or {}
        for name in self.FINER:
            if name in given and given[name] is None:
                given[name] = given.get("show_name", self.instance.show_name)
        return given

    def first(self) -> list[Any]:
        """Return the fields above those that are folded away."""
        return [self[name] for name in self.FIRST]

    def finer(self) -> list[Any]:
        """Return the fields that are folded away."""
        return [self[name] for name in self.FINER]

    def rest(self) -> list[Any]:
        """Return the fields below."""
        return [field for field in self if field.name not in (*self.FIRST, *self.FINER)]

    def is_finer(self) -> bool:
        """Whether something folded away differs or is wrong: then it stands open, so that nobody overlooks it."""
        return any(field.errors or field.value() != ABOVE for field in self.finer())

    def as_profile(self) -> dict[str, Any]:
        """Return what `actions.profiles.save_profile` takes."""
        return dict(self.cleaned_data)

    def nobody(self) -> bool:
        """Whether the person chose to be seen by nobody."""
        return bool(self.cleaned_data["show_name"] == Audience.NOBODY)


def topic_choices() -> list[tuple[str, Any]]:
    """Return all topics by name, subtopics below theirs."""
    groups = [(node.name, [(one.slug, one.name) for one in (node, *node.children)]) for node in main_topics()]
    return [("", "Thema wählen"), *groups]


class TopicsForm(forms.Form):
    """The two lists, seven lines each; a line without a topic is empty."""

    def __init__(self, data: Any, *, profile: Profile) -> None:
        super().__init__(data)
        self.lines: dict[str, list[tuple[str, str]]] = {}
        choices = topic_choices()
        for direction in Direction:
            filled = queries.topics_of(profile, direction)
            self.lines[direction] = []
            for number in range(1, MAX_TOPICS + 1):
                slug, sentence = filled[number - 1] if number <= len(filled) else ("", "")
                names = (f"{direction}_{number}", f"{direction}_{number}_satz")
                self.fields[names[0]] = forms.ChoiceField(
                    label=f"{number}. Thema", choices=choices, required=False, initial=slug,
                    error_messages={"invalid_choice": "Dieses Thema kennen wir nicht. Bitte wählen Sie aus der Liste."},
                )  # fmt: skip
                self.fields[names[1]] = LineField(
                    label=f"Ein Satz zum {number}. Thema", max_length=MAX_SENTENCE, required=False, initial=sentence,
                    error_messages={"max_length": f"Bitte kürzen Sie den Satz auf {MAX_SENTENCE} Zeichen."},
                )  # fmt: skip
                self.lines[direction].append(names)

    def clean(self) -> dict[str, Any]:
        """Refuse a sentence without a topic and a topic twice in one list."""
        given: dict[str, Any] = super().clean() or {}
        for names in self.lines.values():
            seen: set[str] = set()
            for topic, sentence in names:
                slug = given.get(topic, "")
                if given.get(sentence) and not slug and topic in given:
                    self.add_error(topic, "Bitte wählen Sie das Thema zu Ihrem Satz.")
                if slug and slug in seen:
                    self.add_error(topic, "Dieses Thema steht schon in der Liste.")
                seen.add(slug)
        return given

    def as_lists(self) -> dict[str, list[tuple[Topic, str]]]:
        """Return what `actions.profiles.save_topics` takes."""
        topics = {one.slug: one for one in Topic.objects.all()}
        return {
            direction: [
                (topics[slug], self.cleaned_data[sentence])
                for topic, sentence in names
                if (slug := self.cleaned_data[topic]) in topics
            ]
            for direction, names in self.lines.items()
        }

    def lists(self) -> list[tuple[str, list[Any], list[Any]]]:
        """Return title, lines shown and lines folded away of each list, for the page."""
        found = []
        for direction, names in self.lines.items():
            lines = [(self[topic], self[sentence]) for topic, sentence in names]
            used = [number for number, line in enumerate(lines, 1) if any(part.value() for part in line)]
            open_lines = max(3, min(MAX_TOPICS, max(used, default=0) + 1))
            found.append((str(Direction(direction).label), lines[:open_lines], lines[open_lines:]))
        return found


class WhoActsForm(forms.Form):
    """The name of whoever acts with a shared account."""

    name = NameField()
