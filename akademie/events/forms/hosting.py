"""What hosts change about their event."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, PlainTextField
from akademie.core.moments import MomentField
from akademie.core.records import lines
from akademie.events.forms.starting import StartForm
from akademie.events.forms.watched import WatchedForm
from akademie.events.models import Event, EventType
from akademie.events.models.event import LONGEST
from akademie.events.models.parts import MAX_AGENDA, MAX_LEARNING, MAX_LEARNINGS
from akademie.events.places import in_one_line, where
from akademie.formats.models.profile import FARTHEST_DAY
from akademie.formats.texts import check
from akademie.formats.words import Mode
from akademie.topics import queries as topics
from akademie.topics.models import Topic
from akademie.towns.forms import TownField

END_FIRST = "Das Ende liegt vor dem Beginn. Bitte prüfen Sie Tag und Uhrzeit."
TOO_LONG = f"Eine Veranstaltung dauert höchstens {LONGEST.days} Tage. Bitte prüfen Sie Beginn und Ende."


def kept_values(event: Event) -> dict[str, Any]:
    """Return what the form of an event shows before anybody types."""
    return {
        "title": event.title,
        "kind": event.kind_id,
        "topics": list(event.topics.order_by("position", "name").values_list("slug", flat=True)),
        "summary": event.summary,
        "description": event.description,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "place": in_one_line(event.mode, event.place),
        "town": event.town_id or "",
        "host": event.host,
        "capacity": event.capacity,
        "contact_name": event.contact_name,
        "contact_email": event.contact_email,
        "contact_phone": event.contact_phone,
    }


class EventForm(WatchedForm):
    """All that the public reads about an event, but its programme."""

    title = StartForm.base_fields["title"]
    kind = forms.ModelChoiceField(label="Art", queryset=EventType.objects.none(), empty_label=None)
    topics = forms.MultipleChoiceField(label="Themen", widget=forms.CheckboxSelectMultiple, required=False)
    summary = StartForm.base_fields["summary"]
    description = PlainTextField(
        label="Beschreibung",
        widget=forms.Textarea({"rows": 10}),
        max_length=6000,
        required=False,
        help_text="Eine leere Zeile macht einen neuen Absatz.",
    )
    starts_at = MomentField(label="Beginn")
    ends_at = MomentField(label="Ende", help_text="Es geht von selbst mit, wenn Sie nur den Tag des Beginns ändern.")
    place = StartForm.base_fields["place"]
    town = TownField(label="Stadt", required=False, help_text="Die Veranstaltung erscheint auch auf ihrer Seite.")
    host = StartForm.base_fields["host"]
    capacity = StartForm.base_fields["capacity"]
    contact_name = LineField(label="Ansprechperson", max_length=120, required=False, help_text="Steht öffentlich.")
    contact_email = MailField(label="E-Mail für Fragen", required=False, help_text="Steht öffentlich.")
    contact_phone = LineField(label="Telefon für Fragen", max_length=40, required=False, help_text="Steht öffentlich.")

    def __init__(self, *args: Any, types: QuerySet[EventType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = types  # type: ignore[attr-defined]
        self.fields["topics"].choices = topics.choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together, and read mode and place from the one line."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if isinstance(starts, datetime) and isinstance(ends, datetime):
            ends = cleaned["ends_at"] = self._moved_along(starts, ends)
            if ends <= starts:
                self.add_error("ends_at", END_FIRST)
            elif ends - starts > LONGEST:
                self.add_error("ends_at", TOO_LONG)
        if typed := cleaned.get("place"):
            found = where(typed)
            if found.mode == Mode.HYBRID and not found.place:
                self.add_error("place", "Bitte schreiben Sie den Ort dazu: „Rathaus, Markt 1 und online“.")
            cleaned |= {"mode": found.mode, "place": found.place}
        return cleaned

    def _moved_along(self, starts: datetime, ends: datetime) -> datetime:
        """Return the end; one that nobody has touched goes with a beginning on another day."""
        began, ended = self.kept["starts_at"], self.kept["ends_at"]
        has_moved = timezone.localdate(starts) != timezone.localdate(began)
        is_untouched = not self.fields["ends_at"].has_changed(ended, ends)
        return starts + (ended - began) if has_moved and is_untouched else ends

    def as_values(self) -> dict[str, Any]:
        """Return what `change_event` takes."""
        return {**self.cleaned_data, "topics": Topic.objects.filter(slug__in=self.cleaned_data["topics"])}


class AgendaRow(forms.Form):
    """One part of the programme; an empty title takes it away."""

    title = LineField(label="Programmpunkt", max_length=120, required=False)
    minutes = forms.IntegerField(
        label="Minuten", min_value=0, max_value=24 * 60, required=False,
        error_messages={
            "invalid": "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 20.",
            "min_value": "Weniger als 0 Minuten gibt es nicht.",
            "max_value": "Mehr als einen Tag (1.440 Minuten) dauert kein Programmpunkt.",
        },
    )  # fmt: skip
    role = LineField(label="Wer spricht", max_length=60, required=False)
    script = LineField(label="Was jetzt geschieht", max_length=400, required=False)
    place = forms.IntegerField(
        label="Platz", min_value=1, max_value=999, required=False,
        error_messages={
            "invalid": "Bitte geben Sie eine ganze Zahl ein.", "min_value": "Der erste Platz ist 1.",
            "max_value": "Der letzte Platz ist 999.",
        },
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A row without a title says nothing."""
        cleaned = super().clean() or {}
        if not cleaned.get("title") and "title" not in self.errors and (cleaned.get("role") or cleaned.get("script")):
            self.add_error("title", "Bitte geben Sie dem Programmpunkt einen Titel.")
        return cleaned


AgendaForms = forms.formset_factory(
    AgendaRow, extra=2, max_num=MAX_AGENDA, absolute_max=MAX_AGENDA + 10, validate_max=True
)


def agenda_of(forms_: Any) -> list[dict[str, Any]]:
    """Return the parts of a valid programme in their order."""
    rows = [one.cleaned_data for one in forms_ if one.cleaned_data.get("title")]
    rows.sort(key=lambda row: row["place"] or 1000)
    return [
        {"title": row["title"], "minutes": row["minutes"] or 0, "role": row["role"], "script": row["script"]}
        for row in rows
    ]


class TaskForm(forms.Form):
    """What is to be done, when, and by whom."""

    title = LineField(label="Was ist zu tun?", max_length=120, min_length=3)
    days = forms.IntegerField(
        label="Wann? (Tage)", min_value=-FARTHEST_DAY, max_value=FARTHEST_DAY,
        help_text="-14 ist zwei Wochen vorher, 0 der Tag selbst, 1 der Tag danach.",
        error_messages={
            "invalid": "Bitte geben Sie eine ganze Zahl ein, zum Beispiel -14.",
            "min_value": f"Höchstens {FARTHEST_DAY} Tage vorher.",
            "max_value": f"Höchstens {FARTHEST_DAY} Tage danach.",
        },
    )  # fmt: skip
    assignee = forms.ModelChoiceField(
        label="Wer kümmert sich?", queryset=User.objects.none(), required=False, empty_label="noch niemand",
        error_messages={"invalid_choice": "Diese Person können Sie nicht wählen. Bitte nehmen Sie eine aus der Liste."},
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]


class RecapForm(WatchedForm):
    """What remains of an event."""

    text = PlainTextField(label="Worum es ging", widget=forms.Textarea({"rows": 5}), max_length=4000, required=False)
    learnings = PlainTextField(
        label="Was wir gelernt haben",
        widget=forms.Textarea({"rows": 5}),
        max_length=1200,
        required=False,
        help_text=f"Höchstens {MAX_LEARNINGS} Sätze, jeder in einer eigenen Zeile.",
    )
    next_step = LineField(label="Wie es weitergeht", max_length=300, required=False)

    def clean_learnings(self) -> list[str]:
        """Return the sentences, one a line."""
        found = lines(self.cleaned_data["learnings"])
        if len(found) > MAX_LEARNINGS:
            raise forms.ValidationError(
                f"Höchstens {MAX_LEARNINGS} Sätze, damit man sie sich merkt. Jetzt sind es {len(found)}."
            )
        if long := next((one for one in found if len(one) > MAX_LEARNING), ""):
            raise forms.ValidationError(f"Höchstens {MAX_LEARNING} Zeichen je Satz. Zu lang ist „{long[:40]} …“.")
        return found


class TextForm(WatchedForm):
    """A text with its placeholders."""

    subject = LineField(label="Betreff", max_length=160, required=False)
    text = PlainTextField(label="Text", widget=forms.Textarea({"rows": 18}), max_length=6000)

    def clean_subject(self) -> str:
        """Refuse placeholders that nobody knows."""
        check(self.cleaned_data["subject"])
        return str(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        """Refuse placeholders that nobody knows."""
        check(self.cleaned_data["text"])
        return str(self.cleaned_data["text"])


class ReasonForm(forms.Form):
    """Why something does not take place."""

    reason = LineField(
        label="Warum?", max_length=240, min_length=5, help_text="Ein Satz. Er steht auf der Seite der Veranstaltung."
    )
