"""Questionnaires, their versions and questions, and the answers of people who can be named."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

MOST_QUESTIONS = 60  # more than that nobody answers, and no page shows
MANY_QUESTIONS = 12  # from here on the builder warns
MOST_OPTIONS, MOST_COLUMNS, MOST_ROWS = 50, 8, 20
MOST_CELLS = 1500  # of all tables together: a form of more than 2,000 fields is not taken (settings)
MAX_TITLE, MAX_INTRO, MAX_PURPOSE = 150, 3000, 300
MAX_LABEL, MAX_HELP, MAX_OPTION, MAX_REASON = 250, 600, 200, 300
MAX_SHORT, MAX_LONG = 300, 5000  # characters of an answer where the question sets no hard limit
FREE_ROWS = 5  # lines of a table whose rows have no names, where the question says nothing else
SCALE = (1, 5)
LONGEST_SCALE = 11  # steps
FOLDER = "antworten"  # of uploaded files; no address leads there


class Kind(models.TextChoices):
    """How a question is answered."""

    SHORT = "short", "Kurzer Text"
    LONG = "long", "Langer Text"
    CHOICE = "choice", "Eine Auswahl"
    SEVERAL = "several", "Mehrere Auswahlen"
    NUMBER = "number", "Zahl"
    DATE = "date", "Datum"
    TABLE = "table", "Tabelle"
    FILE = "file", "Datei"
    SCALE = "scale", "Skala"


class Operator(models.TextChoices):
    """How the answer that a question hangs on is compared."""

    IS = "is", "ist"
    IS_NOT = "is_not", "ist nicht"
    AT_LEAST = "at_least", "ist mindestens"
    AT_MOST = "at_most", "ist höchstens"
    ANSWERED = "answered", "ist beantwortet"


class State(models.TextChoices):
    """How far somebody's answers are."""

    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "abgegeben"


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Questions about questionnaires as the product says them."""

    def for_list(self) -> "QuestionnaireQuerySet":
        """With what the office's list shows: versions, questions of the newest, whether somebody is changing it."""
        newest = Version.objects.filter(questionnaire=models.OuterRef("pk")).order_by("-number")
        return self.annotate(
            newest_number=models.Subquery(newest.values("number")[:1]),
            newest_frozen=models.Subquery(newest.values("frozen_at")[:1]),
            is_asked=models.Exists(newest.filter(frozen_at__isnull=False, withdrawn_at=None)),
            question_count=models.Subquery(
                newest.annotate(count=models.Count("questions")).values("count")[:1], output_field=models.IntegerField()
            ),
        ).order_by("-changed_at", "-pk")


class Questionnaire(models.Model):
    """What people are asked for one purpose. The questions stand in its versions.

    One with a slug belongs to the software: an area loads it, and the builder shows it without changing it.
    """

    title = models.CharField("Titel", max_length=MAX_TITLE)
    intro = models.TextField("Einleitung", max_length=MAX_INTRO, blank=True)  # stands above the questions
    purpose = models.CharField("Wofür brauchen Sie die Antworten?", max_length=MAX_PURPOSE, blank=True)
    slug = models.SlugField(max_length=60, null=True, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "Fragebogen"
        verbose_name_plural = "Fragebögen"

    def __str__(self) -> str:
        return self.title

    @property
    def is_fixed(self) -> bool:
        """Whether it belongs to the software and is not changed in the builder."""
        return self.slug is not None

    @property
    def current(self) -> "Version | None":
        """The version that people are asked from now on; None while there is none."""
        return self.versions.answerable().order_by("-number").first()

    @property
    def draft(self) -> "Version | None":
        """The version that is being written; None while nobody writes one."""
        return self.versions.filter(frozen_at=None).first()


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions about versions as the product says them."""

    def answerable(self) -> "VersionQuerySet":
        """Those that take answers."""
        return self.filter(frozen_at__isnull=False, withdrawn_at=None)


class Version(models.Model):
    """The questions as they are at one time. Once frozen it stays: answers keep the questions they were given to."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("Fassung")
    frozen_at = models.DateTimeField("festgelegt am", null=True, blank=True)  # None: the draft
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)  # takes no answers any more
    withdrawn_why = models.CharField("Grund", max_length=MAX_REASON, blank=True)
    edits = models.PositiveIntegerField(default=0)  # counts changes of the draft: two editors at once are told apart

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "Fassung eines Fragebogens"
        verbose_name_plural = "Fassungen von Fragebögen"
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_for_each_number"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(frozen_at=None), name="one_draft_for_each_questionnaire"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, Fassung {self.number}"

    @property
    def is_answerable(self) -> bool:
        """Whether it takes answers."""
        return self.frozen_at is not None and self.withdrawn_at is None

    def asked(self) -> list["Question"]:
        """Return its questions in order, without those that were withdrawn and what hangs on them."""
        left_out: set[str] = set()
        found = []
        for question in self.questions.order_by("position", "pk"):
            if question.withdrawn_at or question.depends_on in left_out:
                left_out.add(question.key)
            else:
                found.append(question)
        return found


class Question(models.Model):
    """One question of a version. Its key is the same in all versions, so that answers can stand side by side."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="questions")
    key = models.SlugField("Kürzel", max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField("Art", max_length=10, choices=Kind)
    label = models.CharField("Frage", max_length=MAX_LABEL)
    help = models.CharField("Hilfe", max_length=MAX_HELP, blank=True)
    example = models.CharField("Gutes Beispiel", max_length=MAX_HELP, blank=True)
    required = models.BooleanField("muss beantwortet werden", default=False)
    wozu = models.CharField("Wozu?", max_length=MAX_PURPOSE, blank=True)
    kept_days = models.PositiveSmallIntegerField(null=True, blank=True)  # None: the answer goes with the others
    options = models.JSONField("Möglichkeiten", default=list, blank=True)  # of a choice; of a scale its two ends
    columns = models.JSONField("Spalten", default=list, blank=True)
    rows = models.JSONField("Zeilen", default=list, blank=True)  # none: `maximum` lines without names
    # Of a number or a scale; of several choices how many; of a table without row names how many lines.
    minimum = models.FloatField("mindestens", null=True, blank=True)
    maximum = models.FloatField("höchstens", null=True, blank=True)
    is_whole = models.BooleanField("nur ganze Zahlen", default=True)
    limit = models.PositiveSmallIntegerField("Höchstens so viele Zeichen", null=True, blank=True)
    limit_is_hard = models.BooleanField("Längere Texte ablehnen", default=True)
    depends_on = models.SlugField("Nur fragen, je nach Antwort auf", max_length=40, blank=True)  # key of an earlier one
    operator = models.CharField("Vergleich", max_length=10, choices=Operator, blank=True)
    values = models.JSONField("Antworten", default=list, blank=True)
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)
    edits = models.PositiveIntegerField(default=0)  # as `Version.edits`, of this question

    class Meta:
        verbose_name = "Frage"
        verbose_name_plural = "Fragen"
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="each_key_once_in_a_version")]

    def __str__(self) -> str:
        return self.label

    @property
    def scale(self) -> range:
        """The steps of a scale."""
        low, high = self.minimum, self.maximum
        return range(int(SCALE[0] if low is None else low), int(SCALE[1] if high is None else high) + 1)

    @property
    def lines(self) -> list[str]:
        """The names of a table's rows; numbers where they have none."""
        return self.rows or [str(number) for number in range(1, int(self.maximum or FREE_ROWS) + 1)]


COPIED = [
    field.name
    for field in Question._meta.concrete_fields
    if field.name not in ("id", "version", "key", "position", "withdrawn_at", "edits")
]


def file_name(answer: "Answer", name: str) -> str:
    """Return where a file is kept: a name that says nothing, is never used again and cannot be guessed."""
    return f"{FOLDER}/{uuid4().hex}.{name.rsplit('.', 1)[-1].lower()}"


class AnswerSet(models.Model):
    """All answers of one person at one time. Whose they are, only the area knows that links to it."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="answer_sets")
    state = models.CharField("Stand", max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField("begonnen am", default=timezone.now)
    saved_at = models.DateTimeField("gespeichert am", null=True, blank=True)
    submitted_at = models.DateTimeField("abgegeben am", null=True, blank=True)
    counted_from = models.DateField(null=True, blank=True)  # the days of `kept_days` begin; None: not yet known

    class Meta:
        verbose_name = "Antworten einer Person"
        verbose_name_plural = "Antworten von Personen"

    def __str__(self) -> str:
        return f"Antworten {self.pk}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions about answers as the product says them."""

    def over(self) -> "AnswerQuerySet":
        """Those whose own time is over."""
        return self.filter(delete_on__lte=timezone.localdate())


class Answer(models.Model):
    """One answer. `value` is plain JSON: text, number, ISO date, list of texts, list of lines; of a file what it is."""

    answer_set = models.ForeignKey(AnswerSet, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    value = models.JSONField("Antwort")
    file = models.FileField("Datei", upload_to=file_name, max_length=80, blank=True)
    delete_on = models.DateField("wird gelöscht am", null=True, blank=True)  # None: goes with its set

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "Antwort auf eine Frage"
        verbose_name_plural = "Antworten auf Fragen"
        constraints = [models.UniqueConstraint(fields=["answer_set", "question"], name="one_answer_to_each_question")]
        indexes = [models.Index(fields=["delete_on"], name="answer_by_end")]

    def __str__(self) -> str:
        return f"Antwort {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; an answer to a question of another version is a mistake of ours."""
        if self.question.version_id != self.answer_set.version_id:
            raise ValueError("this question belongs to another version")
        super().save(*args, **kwargs)
