"""Who looks after what is published, who has approved which version of it, and who stands in for somebody away."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, Task, TaskState

from akademie.accounts.models import Role, User
from akademie.core.contributions import public_kinds
from akademie.core.readability import LIMIT
from akademie.towns.models import Town

CHECKED_EVERY = 12  # months, where nobody has chosen
ASKED_AGAIN_DAYS = 30  # between two reminders about the same thing
MAX_NOTE = 1000
KEPT_DAYS = 90  # how long an absence is kept after its last day
APPROVAL_DAYS = 14  # to answer, where the office names no day
APPROVAL_LINK_DAYS = 60  # so long after that day the link works: late is better than never
APPROVAL_KEPT_DAYS = 730  # the address of who was asked, and what approves nothing that is public
RELEASE_WORKDAYS = 5  # that the second step of the workflow may take
MAX_MESSAGE, MAX_COMMENT = 1000, 2000


class Rhythm(models.IntegerChoices):
    """How often something is checked, in months."""

    QUARTER = 3, "jedes Vierteljahr"
    HALF = 6, "jedes halbe Jahr"
    YEAR = 12, "jedes Jahr"
    TWO_YEARS = 24, "alle zwei Jahre"


class UpkeepQuerySet(models.QuerySet["Upkeep"]):
    """Questions about upkeep as the product says them."""

    def published(self) -> "UpkeepQuerySet":
        """Of what stands on the site now."""
        return self.filter(is_shown=True)

    def due(self, on: date | None = None) -> "UpkeepQuerySet":
        """What is to be checked by now and does not wait for a change already."""
        return self.published().filter(due_on__lte=on or timezone.localdate(), flagged_at=None)

    def to_change(self) -> "UpkeepQuerySet":
        """Where somebody has said that something must be changed."""
        return self.published().filter(flagged_at__isnull=False)

    def hardest(self) -> "UpkeepQuerySet":
        """Texts above the limit, the hardest first."""
        return self.published().filter(lix__gt=LIMIT).order_by("-lix", "title", "pk")

    def of_nobody(self) -> "UpkeepQuerySet":
        """What nobody looks after, or somebody who has left the office's work."""
        return self.published().filter(Q(owner=None) | Q(owner__is_active=False))


class Upkeep(models.Model):
    """Who looks after a public thing that the office edits, when it was last checked, when it is to be checked again.

    One for each; made when the thing becomes public. Title and address are copies, so that lists of many kinds need
    one question.
    """

    kind = models.CharField("Art", max_length=60)  # key of the public kind
    object_pk = models.CharField(max_length=64)
    title = models.CharField("Titel", max_length=300)
    url = models.CharField("Adresse", max_length=500)
    is_shown = models.BooleanField("veröffentlicht", default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="zuständig"
    )
    rhythm = models.PositiveSmallIntegerField("wird geprüft", choices=Rhythm, default=Rhythm.YEAR)
    checked_on = models.DateField("geprüft am", null=True, blank=True)  # None: never, as far as the academy knows
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="geprüft von"
    )
    due_on = models.DateField("zu prüfen bis")
    asked_on = models.DateField("zuletzt erinnert am", null=True, blank=True)
    flagged_at = models.DateTimeField("muss geändert werden seit", null=True, blank=True)
    note = models.TextField("Was zu ändern ist", max_length=MAX_NOTE, blank=True)
    lix = models.PositiveSmallIntegerField("LIX", null=True)  # of its own sentences; None: too few to measure

    objects = UpkeepQuerySet.as_manager()

    class Meta:
        verbose_name = "Pflege eines Inhalts"
        verbose_name_plural = "Pflege der Inhalte"
        constraints = [models.UniqueConstraint(fields=["kind", "object_pk"], name="one_upkeep_for_each_thing")]
        indexes = [models.Index(fields=["is_shown", "due_on"], name="upkeep_by_due")]

    def __str__(self) -> str:
        return self.title


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about absences as the product says them."""

    def on(self, day: date | None = None) -> "AbsenceQuerySet":
        """Who is away on a day, today if none is named."""
        day = day or timezone.localdate()
        return self.filter(from_day__lte=day, until_day__gte=day)

    def substitutes(self) -> dict[int, int]:
        """Return who stands in today, by whom they stand in for. Is that person away too, their substitute does."""
        direct = dict(self.on().order_by("pk").values_list("person", "substitute"))
        found = {}
        for person, substitute in direct.items():
            seen = {person}
            while substitute in direct and substitute not in seen:
                seen.add(substitute)
                substitute = direct[substitute]
            if substitute not in seen:
                found[person] = substitute
        return found

    def long_past(self) -> "AbsenceQuerySet":
        """Absences that nobody asks about any more."""
        return self.filter(until_day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))


class Absence(models.Model):
    """Somebody of the office is away, and a colleague stands in: the tasks of the one show for the other."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Wer ist nicht da?"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Wer vertritt?"
    )
    from_day = models.DateField("Erster Tag", default=timezone.localdate)
    until_day = models.DateField("Letzter Tag")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "Vertretung"
        verbose_name_plural = "Vertretungen"
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("substitute")), name="nobody_stands_in_for_themselves"),
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="an_absence_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["until_day", "from_day"], name="absence_by_day")]

    def __str__(self) -> str:
        return f"Vertretung {self.pk}"  # without a name: the log keeps this when the account is gone


class ApprovalState(models.TextChoices):
    """What somebody outside the office has said about a version of a text."""

    OPEN = "open", "wartet auf Antwort"
    APPROVED = "approved", "freigegeben"
    CHANGES = "changes", "Änderung gewünscht"
    WITHDRAWN = "withdrawn", "zurückgezogen"


ANSWERED = (ApprovalState.APPROVED, ApprovalState.CHANGES)


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Questions about approvals as the product says them."""

    def of(self, kind: str, pk: Any) -> "ApprovalQuerySet":
        """All about one text."""
        return self.filter(kind=kind, object_pk=str(pk))

    def standing(self) -> "ApprovalQuerySet":
        """Those that still count: not withdrawn, not settled, not asked anew."""
        return self.filter(closed_at=None)

    def missing(self) -> "ApprovalQuerySet":
        """Standing ones that do not approve the newest version."""
        return self.standing().exclude(state=ApprovalState.APPROVED, outdated_at=None)

    def late(self) -> "ApprovalQuerySet":
        """Those whose answer is overdue."""
        today = timezone.localdate()
        return self.standing().filter(state=ApprovalState.OPEN, outdated_at=None, due_on__lt=today)

    def long_past(self) -> "ApprovalQuerySet":
        """Those that were answered, or asked in vain, longer ago than addresses are kept."""
        limit = timezone.now() - timedelta(days=APPROVAL_KEPT_DAYS)
        return self.filter(Q(answered_at__lt=limit) | Q(answered_at=None, asked_at__lt=limit))


class Approval(models.Model):
    """Somebody outside the office is asked whether a text may be published as it is, and says so, without an account.

    It is about one version: its revision, a fingerprint of its content and the content itself, because drafts are
    overwritten while somebody types and old revisions may be removed. A later change makes it outdated; what was said
    about the older version stays as it was said.
    """

    kind = models.CharField("Art", max_length=60)  # key of the public kind
    object_pk = models.CharField(max_length=64)
    title = models.CharField("Titel", max_length=300)
    revision = models.PositiveBigIntegerField("Fassung")  # its key; it may be gone
    version_at = models.DateTimeField("Fassung vom")
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField("Inhalt der Fassung")  # as revisions keep it
    name = models.CharField("Name", max_length=120)
    function = models.CharField("Funktion", max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)  # empty once its time is over
    town = models.ForeignKey(Town, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Stadt")
    message = models.TextField("Nachricht", max_length=MAX_MESSAGE, blank=True)
    word = models.CharField(max_length=43, default=secrets.token_urlsafe, editable=False)  # of the link, beside the key
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gefragt von"
    )
    asked_at = models.DateTimeField("gefragt am", default=timezone.now)
    reminded_at = models.DateTimeField("zuletzt erinnert am", null=True, blank=True)
    due_on = models.DateField("Antwort bis")
    state = models.CharField("Stand", max_length=10, choices=ApprovalState, default=ApprovalState.OPEN)
    answered_at = models.DateTimeField("geantwortet am", null=True, blank=True)
    answered_name = models.CharField("geantwortet hat", max_length=120, blank=True)
    answered_function = models.CharField("als", max_length=120, blank=True)
    comment = models.TextField("Anmerkung", max_length=MAX_COMMENT, blank=True)
    outdated_at = models.DateTimeField(
        "Text geändert am", null=True, blank=True
    )  # None: it is about the newest version
    published_at = models.DateTimeField("veröffentlicht oder eingeplant am", null=True, blank=True)  # this version
    closed_at = models.DateTimeField("abgeschlossen am", null=True, blank=True)
    closed_why = models.CharField("Grund", max_length=300, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_pk", "email"], condition=Q(state="open", closed_at=None),
                name="each_person_is_asked_once_about_a_text",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"], answered_at=None)
                | Q(state__in=["approved", "changes"], answered_at__isnull=False),
                name="an_answer_has_a_time",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["kind", "object_pk"], name="approval_of_text"),
            models.Index(fields=["closed_at", "state", "due_on"], name="approval_by_state"),
        ]

    def __str__(self) -> str:
        return f"Freigabe {self.pk}"  # without a name: the log keeps this

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return self.state in ANSWERED

    @property
    def is_missing(self) -> bool:
        """Whether it counts and does not approve the newest version; as `missing` asks the database."""
        return self.closed_at is None and (self.state != ApprovalState.APPROVED or self.outdated_at is not None)

    @property
    def who(self) -> str:
        """Who was asked, or answered: name and function."""
        name, function = (self.answered_name or self.name), (self.answered_function or self.function)
        return f"{name} ({function})" if function else name

    @property
    def says(self) -> str:
        """How it stands, in a sentence."""
        version = f"die Fassung vom {date_format(timezone.localtime(self.version_at), 'j. F Y, H:i')} Uhr"
        when = date_format(timezone.localtime(self.answered_at), "j. F Y, H:i") if self.answered_at else ""
        if self.state == ApprovalState.APPROVED:
            return f"{self.who} hat {version} am {when} Uhr freigegeben."
        if self.state == ApprovalState.CHANGES:
            return f"{self.who} wünscht seit dem {when} Uhr eine Änderung."
        if self.state == ApprovalState.WITHDRAWN:
            return f"Die Bitte an {self.who} ist zurückgezogen."
        return f"{self.who} ist um Freigabe gebeten und hat bis {date_format(self.due_on, 'j. F Y')} Zeit."


class Releasers:
    """Who may release what somebody has written: the Leitung or whoever stands in for it, and never the author alone.

    Is nobody of these here but the author, any colleague may; who works alone may release their own.
    """

    def __init__(self) -> None:
        rows = User.objects.filter(role__in=(Role.EDITOR, Role.LEAD), is_active=True).order_by("pk")
        people = dict(rows.values_list("pk", "role"))
        self._office = set(people)
        self._leads = [pk for pk, role in people.items() if role == Role.LEAD]
        self._stands_in = Absence.objects.substitutes()
        self._away = set(Absence.objects.on().values_list("person", flat=True))

    def of(self, author: int | None) -> set[int]:
        """Return the keys of those who may release a text of this author."""
        others = self._office - {author}
        found = {*self._leads, *(self._stands_in[pk] for pk in self._leads if pk in self._stands_in)} & others
        if not found - self._away:
            found |= (others - self._away) or others
        return found or {pk for pk in (author,) if pk}

    def owner(self, author: int | None) -> int | None:
        """Return whose task it is: the first of the Leitung who is here or has a substitute; None: everybody's."""
        may = self.of(author)
        for pk in self._leads:
            if pk in may and (pk not in self._away or self._stands_in.get(pk) in may):
                return pk
        return None

    def asked(self, author: int | None) -> set[int]:
        """Return whom a mail about it reaches: those who may and are here."""
        may = self.of(author)
        return (may - self._away) or may


class ReleaseByLead(Task):
    """The second step of the workflow: somebody else of the office reads the text and releases it."""

    class Meta:
        verbose_name = "Freigabe durch die Leitung"
        verbose_name_plural = "Freigaben durch die Leitung"

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Keep the text as it was handed in for everybody but those who release it."""
        return user.pk not in self._may(obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Offer what this person may do: nothing to the author; no release while somebody's approval is missing."""
        if user.pk not in self._may(obj):
            return []
        found = [("reject", "Zur Überarbeitung zurückgeben", True)]
        if not approvals_of(obj).missing().exists():
            found += [("approve", "Freigeben", False), ("approve", "Mit Anmerkung freigeben", True)]
        return found

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Return what waits for this person, for the first page of the back office."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        releasers = Releasers()
        authors = waiting.values_list("pk", "workflow_state__requested_by")
        return waiting.filter(pk__in=[pk for pk, author in authors if user.pk in releasers.of(author)])

    @staticmethod
    def _may(obj: Any) -> set[int]:
        state = obj.current_workflow_state
        return Releasers().of(state.requested_by_id if state else None)


def approvals_of(thing: Any) -> ApprovalQuerySet:
    """Return what was asked about a text; nothing about what is no public kind."""
    text = thing.specific if isinstance(thing, Page) else thing  # Wagtail hands over a page without its kind, too
    kind = next((one for one in public_kinds if isinstance(text, one.model)), None)
    return Approval.objects.of(kind.key, thing.pk) if kind else Approval.objects.none()
