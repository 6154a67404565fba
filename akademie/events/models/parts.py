"""What belongs to one event: its programme, what is to be done, its texts, and what it left behind."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from akademie.events.models.event import Event
from akademie.formats.fields import LineList
from akademie.formats.words import TemplateKind

MAX_AGENDA, MAX_TASKS = 40, 60
MAX_LEARNINGS, MAX_LEARNING = 5, 200


class AgendaItem(models.Model):
    """A part of the programme, in order; its clock time follows from the beginning and the minutes before it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda", verbose_name="Veranstaltung")
    position = models.PositiveSmallIntegerField("Reihenfolge")
    title = models.CharField("Programmpunkt", max_length=120)
    minutes = models.PositiveSmallIntegerField("Minuten", default=0, validators=[MaxValueValidator(24 * 60)])
    role = models.CharField("Wer spricht", max_length=60, blank=True)
    script = models.CharField("Was jetzt geschieht", max_length=400, blank=True)  # for who moderates, not public

    class Meta:
        verbose_name = "Programmpunkt"
        verbose_name_plural = "Programm"
        constraints = [models.UniqueConstraint(fields=["event", "position"], name="one_agenda_item_at_a_position")]

    def __str__(self) -> str:
        return self.title


class EventTask(models.Model):
    """Something to do for an event, due some days before or after it; moves with the event until it is done."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="tasks", verbose_name="Veranstaltung")
    title = models.CharField("Was zu tun ist", max_length=120)
    days = models.SmallIntegerField("Tage")  # from the first day; -14 is two weeks before
    due_on = models.DateField("bis")  # follows from `days`; kept, so that the database can ask for it
    role = models.CharField("Wer", max_length=60, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="zuständig"
    )
    done_at = models.DateTimeField("erledigt am", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name="erledigt von",
    )  # fmt: skip

    class Meta:
        verbose_name = "Aufgabe einer Veranstaltung"
        verbose_name_plural = "Aufgaben einer Veranstaltung"
        indexes = [models.Index(fields=["done_at", "due_on"], name="event_tasks_due")]

    def __str__(self) -> str:
        return self.title


class EventText(models.Model):
    """A text of an event as its host will send or print it; made from the format's template, changed freely."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="texts", verbose_name="Veranstaltung")
    kind = models.CharField("Text", max_length=20, choices=TemplateKind)
    subject = models.CharField("Betreff", max_length=160, blank=True)
    text = models.TextField("Text", max_length=6000)

    class Meta:
        verbose_name = "Text einer Veranstaltung"
        verbose_name_plural = "Texte einer Veranstaltung"
        constraints = [models.UniqueConstraint(fields=["event", "kind"], name="one_text_of_a_kind_and_event")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Recap(models.Model):
    """What remains of an event: five things learned and the next step. Drafted with the event, shown once published."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="recap", verbose_name="Veranstaltung")
    text = models.TextField("Worum es ging", max_length=4000, blank=True)
    learnings = LineList("Was wir gelernt haben", max_items=MAX_LEARNINGS, max_line=MAX_LEARNING)
    next_step = models.CharField("Wie es weitergeht", max_length=300, blank=True)
    published_at = models.DateTimeField("veröffentlicht am", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "Rückblick"
        verbose_name_plural = "Rückblicke"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(text="") | ~Q(learnings=[]), name="a_published_recap_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"Rückblick: {self.event}"
