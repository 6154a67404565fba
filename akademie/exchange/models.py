"""Requests to the office."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

from akademie.accounts.models import User
from akademie.practices.models import PracticeCase
from akademie.towns.models import Town

MIN_QUESTION, MAX_QUESTION = 20, 2000
MAX_CONCERN = 600
CONFIRM_DAYS = 7  # how long the link works, and how long an unconfirmed request is kept
KEPT_DAYS = 365  # how long an answered or closed request is kept
ANSWER_WORKDAYS = 5  # what the office promises; Saturdays and Sundays do not count


class HelpRequestState(models.TextChoices):
    """Where a request stands."""

    UNCONFIRMED = "unconfirmed", "Adresse noch nicht bestätigt"
    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"
    CLOSED = "closed", "geschlossen"


MOVES: dict[HelpRequestState, set[HelpRequestState]] = {  # by the office; only the person confirms
    HelpRequestState.UNCONFIRMED: set(),
    HelpRequestState.OPEN: {HelpRequestState.ANSWERED, HelpRequestState.CLOSED},
    HelpRequestState.ANSWERED: {HelpRequestState.OPEN},
    HelpRequestState.CLOSED: {HelpRequestState.OPEN},
}
WAITING = (HelpRequestState.UNCONFIRMED, HelpRequestState.OPEN)
DONE = (HelpRequestState.ANSWERED, HelpRequestState.CLOSED)


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    """Questions about requests as the product says them."""

    def confirmed(self) -> "HelpRequestQuerySet":
        """Requests whose address is confirmed: only these concern the office."""
        return self.exclude(state=HelpRequestState.UNCONFIRMED)

    def of(self, user: User) -> "HelpRequestQuerySet":
        """What a person has asked, with the account or as a guest with the same address."""
        return self.filter(models.Q(user=user) | models.Q(user=None, email=user.email))

    def never_confirmed(self) -> "HelpRequestQuerySet":
        """Unconfirmed requests whose link has expired."""
        before = timezone.now() - timedelta(days=CONFIRM_DAYS)
        return self.filter(state=HelpRequestState.UNCONFIRMED, created_at__lt=before)

    def done_long_ago(self) -> "HelpRequestQuerySet":
        """Requests that have been answered or closed for longer than they are kept."""
        return self.filter(state__in=DONE, done_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class HelpRequest(models.Model):
    """A question to the office, by a person who confirms the address by a link. No account is needed."""

    question = models.TextField("Frage", max_length=MAX_QUESTION)
    town = models.ForeignKey(Town, models.SET_NULL, null=True, blank=True, verbose_name="Stadt", related_name="+")
    email = models.EmailField("E-Mail-Adresse")
    user = models.ForeignKey(  # once the address belongs to an account; follows a change of the address
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="Person", related_name="+"
    )
    acting_as = models.CharField("gefragt von", max_length=120, blank=True)  # somebody with a shared account
    concern = models.CharField("Anliegen im Wegweiser", max_length=MAX_CONCERN, blank=True)
    practice = models.ForeignKey(
        PracticeCase, models.SET_NULL, null=True, blank=True, verbose_name="zum Praxisbeispiel", related_name="+"
    )
    about_town = models.ForeignKey(
        Town, models.SET_NULL, null=True, blank=True, verbose_name="zur Stadt", related_name="+"
    )
    state = models.CharField("Stand", max_length=12, choices=HelpRequestState, default=HelpRequestState.UNCONFIRMED)
    digest = models.CharField(max_length=64, editable=False)  # of address and question: the same twice is one request
    created_at = models.DateTimeField("geschrieben am", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True, editable=False)
    done_at = models.DateTimeField("erledigt am", null=True, blank=True, editable=False)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage"
        verbose_name_plural = "Anfragen"
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=models.Q(state__in=["unconfirmed", "open"]), name="a_question_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="unconfirmed") | models.Q(confirmed_at__isnull=False),
                name="confirmed_request_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="request_by_state")]

    def __str__(self) -> str:
        # Without a word of the question: the log of the back office keeps this when the request has been deleted.
        return f"Anfrage {self.pk} vom {timezone.localtime(self.created_at):%d.%m.%Y}"

    @property
    def asker(self) -> str:
        """The name of whoever asks, as far as it is known."""
        return self.acting_as or (self.user.get_full_name() if self.user else "")

    @property
    def reply_address(self) -> str:
        """Where whoever asks is reached now: an account may have got another address since."""
        return self.user.email if self.user else self.email

    def excerpt(self) -> str:
        """The beginning of the question, for the list."""
        return Truncator(" ".join(self.question.split())).chars(80)

    excerpt.short_description = "Frage"  # type: ignore[attr-defined]

    @staticmethod
    def digest_of(email: str, question: str) -> str:
        """Return what two requests have in common when they are the same."""
        return hashlib.sha256(f"{email.casefold()}\n{' '.join(question.split()).casefold()}".encode()).hexdigest()
