"""Input about people: joining, handing over, the profile, a message."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS

from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, NameField, PlainTextField, SometimesNeeded, Trap
from akademie.people import queries
from akademie.people.actions.handing_over import ONESELF
from akademie.people.models import (
    MAX_ABOUT,
    MAX_MESSAGE,
    MAX_SENTENCE,
    MAX_TOPICS,
    MIN_MESSAGE,
    MOST_PER_MONTH,
    Audience,
    Direction,
    Membership,
    OrganisationKind,
    Profile,
)
from akademie.topics.models import Topic
from akademie.topics.queries import main_topics
from akademie.towns.forms import TownField

PLACE_CHOICES = (("stadt", "einer Stadt oder Gemeinde"), ("organisation", "einer Organisation"))
NAME = {"max_length": "Bitte kürzen Sie den Namen auf 80 Zeichen."}


class FunctionField(LineField):
    """What somebody does in a town or an organisation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Ihre Funktion",
            max_length=120,
            help_text="Zum Beispiel: Bürgermeisterin, Bauamt, Stadtrat, Vorstand.",
            error_messages={
                "required": "Bitte nennen Sie Ihre Funktion, zum Beispiel: Bauamt.",
                "max_length": "Bitte kürzen Sie die Funktion auf 120 Zeichen.",
            },
            **kwargs,
        )


class ChoiceSometimesNeeded(SometimesNeeded, forms.ChoiceField):
    """A choice that is needed in some cases only."""


class MonthField(LineField):
    """A month that has come, as people write it: "September 2026", "9/2026", a whole day. Gives its first day."""

    FORMS = (
        r"(?:\d{1,2}\.)?\s*(?P<month>\d{1,2})\s*[./ -]\s*(?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?",
        r"(?:\d{1,2}\.)?\s*(?P<word>[a-zä]{3,9})\.?\s*(?P<year>\d{4})",
    )
    default_error_messages = {
        "invalid": "Bitte nennen Sie Monat und Jahr, zum Beispiel: September 2026.",
        "year": "Bitte prüfen Sie das Jahr.",
        "future": "Dieser Monat liegt in der Zukunft. Bitte nennen Sie einen vergangenen oder diesen.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Seit wann?", required=False, help_text="Monat und Jahr, zum Beispiel: September 2026.", **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """Return a day as its month in words; what was typed as it is."""
        return f"{MONTHS[value.month]} {value.year}" if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the first day of the month, or None."""
        typed = self.to_python(value).lower()
        if not typed:
            return None
        found = next((match for form in self.FORMS if (match := re.fullmatch(form, typed))), None)
        month = self._month(found.groupdict()) if found else 0
        if found is None or not 1 <= month <= 12:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        year, today = int(found["year"]), timezone.localdate()
        if not 1950 <= year <= today.year:
            raise forms.ValidationError(self.error_messages["year"], "year")
        if (year, month) > (today.year, today.month):
            raise forms.ValidationError(self.error_messages["future"], "future")
        return date(year, month, 1)

    @staticmethod
    def _month(parts: dict[str, str]) -> int:
        """Return the number of a month by its number, its name or the beginning of its name; 0 for none."""
        if word := parts.get("word"):
            return next((number for number, name in MONTHS.items() if str(name).lower().startswith(word)), 0)
        return int(parts["month"])


class JoinForm(forms.Form):
    """Where somebody belongs; the town, or the organisation with its kind. The page hides what was not chosen."""

    where = forms.ChoiceField(
        label="Sie gehören zu …",
        choices=PLACE_CHOICES,
        widget=forms.RadioSelect,
        initial="stadt",
        error_messages={"required": "Bitte wählen Sie Stadt oder Organisation."},
    )
    town = TownField(label="Stadt oder Gemeinde", needed_if="nur nötig, wenn Sie zu einer Stadt gehören")
    organisation = LineField(
        label="Name der Organisation",
        needed_if="nur nötig, wenn Sie zu einer Organisation gehören",
        max_length=160,
        error_messages={"max_length": "Bitte kürzen Sie den Namen auf 160 Zeichen."},
    )
    kind = ChoiceSometimesNeeded(
        label="Art der Organisation",
        choices=[("", "Bitte wählen"), *OrganisationKind.choices],
        needed_if="nur nötig, wenn wir die Organisation noch nicht kennen",
        error_messages={"invalid_choice": "Bitte wählen Sie eine Art aus der Liste."},
    )
    function = FunctionField()
    starts_on = MonthField()

    def clean(self) -> dict[str, Any]:
        """Ask for the place that was chosen; what is wrong in the other half hinders nobody."""
        given: dict[str, Any] = super().clean() or {}
        for name in {"stadt": ("organisation", "kind"), "organisation": ("town",)}.get(given.get("where", ""), ()):
            self.errors.pop(name, None)
            given[name] = None if name == "town" else ""
        if given.get("where") == "stadt" and "town" in given and not given["town"]:
            self.add_error("town", "Bitte nennen Sie Ihre Stadt oder Gemeinde.")
        if given.get("where") == "organisation" and "organisation" in given:
            if not given["organisation"]:
                self.add_error("organisation", "Bitte nennen Sie Ihre Organisation.")
            elif not given.get("kind") and not queries.organisation_named(given["organisation"]):
                self.add_error("kind", "Diese Organisation kennen wir noch nicht. Bitte wählen Sie ihre Art.")
        return given


class ChangeForm(forms.Form):
    """What somebody does in a place they belong to, and since when."""

    function = FunctionField()
    starts_on = MonthField()

    def __init__(self, data: Any, *, membership: Membership) -> None:
        super().__init__(data, initial={"function": membership.function, "starts_on": membership.starts_on})
        self.membership = membership

    def clean_starts_on(self) -> date | None:
        """Keep the day that is known while the month stays the same."""
        month, known = self.cleaned_data["starts_on"], self.membership.starts_on
        return known if month and known and (month.year, month.month) == (known.year, known.month) else month


class SuccessorForm(forms.Form):
    """Who follows: somebody of the same place, or a mail address."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Jemand, der schon dabei ist",
        required=False,
        empty_label="niemand davon",
        error_messages={"invalid_choice": "Diese Person gehört nicht mehr dorthin. Bitte wählen Sie neu."},
    )
    email = MailField(
        label="Oder eine E-Mail-Adresse",
        needed_if="nur nötig, wenn niemand aus der Liste nachfolgt",
        help_text="Dorthin geht eine Einladung. Erst wenn die Person sie annimmt, geht die Stelle über.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, post: Membership) -> None:
        super().__init__(data)
        self.post = post
        people = queries.colleagues(post)
        field: Any = self.fields["person"]
        field.queryset, field.needed_if = people, "oder unten eine Adresse"
        field.label_from_instance = lambda user: user.get_full_name() or "Person ohne Namen"
        if not people.exists():
            del self.fields["person"]
            only: Any = self.fields["email"]
            only.label, only.required, only.needed_if = "E-Mail-Adresse der Person, die nachfolgt", True, ""
            only.error_messages["required"] = "Bitte nennen Sie die Person, die nachfolgt."

    def clean(self) -> dict[str, Any]:
        """Want exactly one; an address of somebody who is there already means that person."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        person, email = given.get("person"), given.get("email")
        if person and email:
            self.add_error("email", "Bitte nennen Sie nur eine Person: aus der Liste oder mit ihrer Adresse.")
        elif not person and not email:
            self.add_error("email", "Bitte nennen Sie die Person, die nachfolgt.")
        elif email == self.post.user.email:
            self.add_error("email", ONESELF)
        elif email:
            given["person"] = queries.colleagues(self.post).filter(email=email).first()
        return given


LEVELS = [(one.value, one.label) for one in (Audience.PARTICIPANTS, Audience.PUBLIC, Audience.NOBODY)]
AS_ABOVE = [("", "wie oben gewählt"), *LEVELS]


class LevelField(SometimesNeeded, forms.TypedChoiceField):
    """Who may see something; None where nothing is chosen."""

    default_error_messages = {
        "required": "Bitte wählen Sie, wer das sieht.",
        "invalid_choice": "Bitte wählen Sie, wer das sieht.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)


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

    FINER = ("show_function", "show_helps", "show_seeks", "show_about")  # folded; empty is as the whole profile
    FIRST = ("first_name", "last_name", "show_name")
    field_order = [*FIRST, *FINER, "about", "phone", "show_phone", "requests_per_month", "is_shared"]

    def __init__(self, data: Any, *, profile: Profile) -> None:
        initial = {"first_name": profile.user.first_name, "last_name": profile.user.last_name}
        as_above = {name: "" for name in self.FINER if getattr(profile, name) == profile.show_name}
        super().__init__(data, instance=profile, initial={**initial, **as_above})
        for name in self.FINER:
            self.fields[name].required, self.fields[name].needed_if = False, "wenn nicht wie oben"  # type: ignore[attr-defined]

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
        return any(field.errors or field.value() not in ("", None) for field in self.finer())

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


class MessageForm(forms.Form):
    """A message; guests say who they are."""

    text = PlainTextField(
        label="Ihre Nachricht", min_length=MIN_MESSAGE, max_length=MAX_MESSAGE, widget=forms.Textarea({"rows": 7}),
        help_text="Worum geht es, und was möchten Sie wissen? Zwei, drei Sätze genügen.",
        error_messages={
            "required": "Bitte schreiben Sie in ein, zwei Sätzen, worum es geht.",
            "min_length": f"Bitte schreiben Sie etwas mehr, mindestens {MIN_MESSAGE} Zeichen.",
            "max_length": "Bitte kürzen Sie die Nachricht auf 2.000 Zeichen.",
        },
    )  # fmt: skip
    name = LineField(
        label="Ihr Name", max_length=160, widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": "Bitte nennen Sie Ihren Namen.", "max_length": "Bitte kürzen Sie den Namen auf 160 Zeichen.",
        },
    )  # fmt: skip
    email = MailField(
        help_text="Dorthin schicken wir einen Link zum Bestätigen. Danach geht Ihre Nachricht hinaus, und Antworten "
        "kommen an diese Adresse.",
    )
    website = Trap()

    def __init__(self, data: Any, *, user: Any, acting_as: str = "") -> None:
        super().__init__(data)
        if user.is_authenticated:
            del self.fields["email"]
            known = acting_as or user.get_full_name()
            if known:
                del self.fields["name"]
        self.known = {"name": acting_as or user.get_full_name(), "email": user.email} if user.is_authenticated else {}

    def as_message(self) -> dict[str, str]:
        """Return what `actions.contact.write_to` takes."""
        given: dict[str, str] = {name: self.cleaned_data[name] for name in self.fields if name != "website"}
        return {**self.known, **given}


class WhoActsForm(forms.Form):
    """The name of whoever acts with a shared account."""

    name = NameField()
