"""Organisations, memberships, profiles, and what people write to each other."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from akademie.topics.models import Topic
from akademie.towns.models import Town

MAX_TOPICS = 7  # in each of the two lists
MAX_SENTENCE = 200
MAX_ABOUT = 600
MAX_MESSAGE, MIN_MESSAGE = 2000, 20
MOST_PER_MONTH = 20
MONTH = timedelta(days=30)
CONFIRM_DAYS = 7  # how long the link to confirm a message works
OFFER_DAYS = 30  # how long an invitation to follow somebody works
DECIDE_DAYS = 60  # how long a joining waits for an answer
DECLINED_DAYS = 30
ENDED_DAYS = 2 * 365  # how long it is kept who has worked for a town
MESSAGE_DAYS = 90  # how long a message is kept after it was sent


class OrganisationKind(models.TextChoices):
    """Who takes part besides the towns."""

    POLITICS = "politik", "Politik"
    ADMINISTRATION = "verwaltung", "Verwaltung"
    SCIENCE = "wissenschaft", "Wissenschaft"
    BUSINESS = "wirtschaft", "Wirtschaft"
    CIVIL_SOCIETY = "zivilgesellschaft", "Zivilgesellschaft"
    ASSOCIATION = "verband", "Verband"
    PLANNING = "planungspraxis", "Planungspraxis"


class Organisation(models.Model):
    """Somebody other than a town that people belong to: a university, an association, a planning office."""

    name = models.CharField("Name", max_length=160)
    kind = models.CharField("Art", max_length=20, choices=OrganisationKind)

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        constraints = [models.UniqueConstraint(Lower("name"), name="one_organisation_of_a_name")]

    def __str__(self) -> str:
        return self.name


class MembershipState(models.TextChoices):
    """Where a joining stands."""

    ASKED = "asked", "angefragt"
    CONFIRMED = "confirmed", "bestätigt"
    DECLINED = "declined", "nicht bestätigt"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships as the product says them."""

    def current(self) -> "MembershipQuerySet":
        """Confirmed ones that have not ended."""
        return self.filter(state=MembershipState.CONFIRMED, ends_on=None)

    def asked(self) -> "MembershipQuerySet":
        """Joinings that wait for an answer."""
        return self.filter(state=MembershipState.ASKED)

    def of_place(self, membership: "Membership") -> "MembershipQuerySet":
        """Those of the same town or organisation."""
        return self.filter(town=membership.town_id, organisation=membership.organisation_id)

    def never_answered(self) -> "MembershipQuerySet":
        """Joinings that nobody has answered in time."""
        return self.asked().filter(asked_at__lt=timezone.now() - timedelta(days=DECIDE_DAYS))

    def declined_long_ago(self) -> "MembershipQuerySet":
        """Joinings that were declined some time ago."""
        before = timezone.now() - timedelta(days=DECLINED_DAYS)
        return self.filter(state=MembershipState.DECLINED, decided_at__lt=before)

    def ended_long_ago(self) -> "MembershipQuerySet":
        """Posts that somebody left some time ago."""
        return self.filter(ends_on__lt=timezone.localdate() - timedelta(days=ENDED_DAYS))


class Membership(models.Model):
    """A person belongs to a town or an organisation, with a function. Confirmed by somebody there or by the office."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name="Person"
    )
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="Stadt"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="Organisation"
    )
    function = models.CharField("Funktion", max_length=120)
    starts_on = models.DateField("seit", null=True, blank=True)
    ends_on = models.DateField("bis", null=True, blank=True)  # only ever a day that has come
    state = models.CharField("Stand", max_length=10, choices=MembershipState, default=MembershipState.ASKED)
    asked_at = models.DateTimeField("angefragt am", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="entschieden von",
    )  # fmt: skip

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "Zugehörigkeit"
        verbose_name_plural = "Zugehörigkeiten"
        constraints = [
            models.CheckConstraint(
                condition=Q(town__isnull=False, organisation=None) | Q(town=None, organisation__isnull=False),
                name="member_of_a_town_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None, ends_on=None)
                | (~Q(state="asked") & Q(decided_at__isnull=False)),
                name="a_decided_joining_says_when",
            ),
            models.UniqueConstraint(
                fields=["user", "town"], name="a_person_joins_a_town_once",
                condition=Q(ends_on=None, state__in=["asked", "confirmed"]),
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"], name="a_person_joins_an_organisation_once",
                condition=Q(ends_on=None, state__in=["asked", "confirmed"]),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "asked_at"], name="membership_by_state")]

    def __str__(self) -> str:
        return f"Zugehörigkeit {self.pk}"  # without names: the log keeps this when the person is gone

    @property
    def place(self) -> Town | Organisation:
        """The town or organisation."""
        found = self.town or self.organisation
        assert found is not None  # by constraint
        return found

    @property
    def answer_by(self) -> date:
        """The last day on which the wish to belong can be answered."""
        return timezone.localdate(self.asked_at) + timedelta(days=DECIDE_DAYS)

    @property
    def is_current(self) -> bool:
        """Whether it is confirmed and has not ended."""
        return self.state == MembershipState.CONFIRMED and self.ends_on is None

    @property
    def kind(self) -> str:
        """What sort of place it is, in words."""
        return "Kommune" if self.town_id else self.place.get_kind_display()  # type: ignore[union-attr]


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Questions about handovers as the product says them."""

    def waiting(self) -> "HandoverQuerySet":
        """Invitations that can be accepted: in time, and the post is still held."""
        first = timezone.localdate() - timedelta(days=OFFER_DAYS)
        held = {"post__state": MembershipState.CONFIRMED, "post__ends_on": None}
        return self.filter(done_at=None, started_at__date__gte=first, **held)

    def inviting(self, user: Any) -> "HandoverQuerySet":
        """Those that invite a person: by the account, or by its address as long as nobody has claimed them.

        Nobody is invited to their own post, even when they have got the address that an invitation went to.
        """
        return self.filter(Q(to_user=user) | Q(to_user=None, to_email=user.email)).exclude(post__user=user)

    def never_accepted(self) -> "HandoverQuerySet":
        """Invitations that nobody has accepted in time."""
        return self.filter(done_at=None, started_at__lt=timezone.now() - timedelta(days=OFFER_DAYS))


class Handover(models.Model):
    """A post goes from one person to the next: at once, or when the person invited accepts."""

    post = models.ForeignKey(Membership, models.CASCADE, related_name="handovers", verbose_name="Stelle")
    to_email = models.EmailField("Nachfolge")
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="Nachfolge"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="begonnen von"
    )
    started_at = models.DateTimeField("begonnen am", default=timezone.now, editable=False)
    done_at = models.DateTimeField("übergeben am", null=True, blank=True, editable=False)
    along = models.JSONField("geht mit", default=list, blank=True)  # what was ticked, by its keys

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "Übergabe einer Stelle"
        verbose_name_plural = "Übergaben von Stellen"
        constraints = [models.UniqueConstraint(fields=["post"], name="a_post_is_handed_over_once")]

    def __str__(self) -> str:
        return f"Übergabe {self.pk}"

    def is_for(self, email: str) -> bool:
        """Whether this is the present address of whoever is invited."""
        return email == (self.to_user.email if self.to_user else self.to_email)

    @property
    def open_until(self) -> date:
        """The last day on which the invitation works."""
        return timezone.localdate(self.started_at) + timedelta(days=OFFER_DAYS)

    @property
    def by_office(self) -> bool:
        """Whether the office hands over for somebody: besides that person nobody else may begin it."""
        return self.started_by_id not in (None, self.post.user_id)


class Audience(models.IntegerChoices):
    """Who may see a part of a profile; a higher number means more people."""

    NOBODY = 0, "niemand"
    PARTICIPANTS = 1, "alle mit Konto"
    PUBLIC = 2, "alle im Internet"


def audience_field(label: str, default: Audience) -> models.PositiveSmallIntegerField:
    """Return a field that says who may see something."""
    return models.PositiveSmallIntegerField(label, choices=Audience, default=default)


class Profile(models.Model):
    """What a person tells others. There is one only once somebody has filled it in.

    `show_name` is the gate: who may not see the name finds nothing of this person.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile", verbose_name="Person")
    about = models.TextField("Über mich", max_length=MAX_ABOUT, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    show_name = audience_field("Name", Audience.PARTICIPANTS)
    show_function = audience_field("Städte, Organisationen und Funktion", Audience.PARTICIPANTS)
    show_helps = audience_field("Kann helfen bei", Audience.PARTICIPANTS)
    show_seeks = audience_field("Sucht Rat zu", Audience.PARTICIPANTS)
    show_about = audience_field("Über mich", Audience.PARTICIPANTS)
    show_phone = audience_field("Telefon", Audience.NOBODY)
    requests_per_month = models.PositiveSmallIntegerField(
        "Anfragen im Monat", default=4, validators=[MaxValueValidator(MOST_PER_MONTH)]
    )
    is_shared = models.BooleanField("gemeinsames Postfach", default=False)
    changed_at = models.DateTimeField("geändert am", auto_now=True)
    hidden_at = models.DateTimeField("ausgeblendet am", null=True, editable=False)  # by the office
    shown_before = models.PositiveSmallIntegerField(choices=Audience, default=Audience.NOBODY, editable=False)

    class Meta:
        verbose_name = "Profil"
        verbose_name_plural = "Profile"
        constraints = [
            models.CheckConstraint(
                condition=Q(requests_per_month__lte=MOST_PER_MONTH), name="requests_per_month_are_few"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["show_name"], name="profile_by_audience")]

    def __str__(self) -> str:
        return f"Profil {self.pk}"

    def get_absolute_url(self) -> str:
        """Address of its page; a number, since a name in it would tell what may be hidden."""
        return f"/menschen/{self.pk}/"


class Direction(models.TextChoices):
    """The two lists of a profile."""

    HELPS = "helps", "Kann helfen bei"
    SEEKS = "seeks", "Sucht Rat zu"


class ProfileTopic(models.Model):
    """A topic that a person can help with or seeks advice on, with one sentence."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="topics", verbose_name="Profil")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", verbose_name="Thema")
    direction = models.CharField("Liste", max_length=5, choices=Direction)
    position = models.PositiveSmallIntegerField("Stelle", validators=[MinValueValidator(1)])
    sentence = models.CharField("Satz", max_length=MAX_SENTENCE, blank=True)

    class Meta:
        verbose_name = "Thema eines Profils"
        verbose_name_plural = "Themen eines Profils"
        constraints = [
            models.UniqueConstraint(fields=["profile", "direction", "topic"], name="a_topic_once_in_a_list"),
            models.UniqueConstraint(fields=["profile", "direction", "position"], name="one_topic_at_a_position"),
            models.CheckConstraint(
                condition=Q(position__range=(1, MAX_TOPICS)), name="seven_topics_at_most"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.topic}"


class ContactState(models.TextChoices):
    """Where a message stands."""

    UNCONFIRMED = "unconfirmed", "Adresse noch nicht bestätigt"
    SENT = "sent", "zugestellt"


class ContactQuerySet(models.QuerySet["ContactRequest"]):
    """Questions about messages as the product says them."""

    def lately_sent_to(self, user: Any) -> "ContactQuerySet":
        """What a person has got within the last month: it counts for their limit."""
        return self.filter(recipient=user, state=ContactState.SENT, sent_at__gt=timezone.now() - MONTH)

    def never_confirmed(self) -> "ContactQuerySet":
        """Messages whose link has expired."""
        before = timezone.now() - timedelta(days=CONFIRM_DAYS)
        return self.filter(state=ContactState.UNCONFIRMED, created_at__lt=before)

    def sent_long_ago(self) -> "ContactQuerySet":
        """Messages that are no longer needed for limits and reports."""
        return self.filter(state=ContactState.SENT, sent_at__lt=timezone.now() - timedelta(days=MESSAGE_DAYS))


class ContactRequest(models.Model):
    """A message through the form of a profile. The recipient's address is never shown to the sender."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="an")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="von"
    )
    sender_name = models.CharField("Name", max_length=160)
    sender_email = models.EmailField("E-Mail-Adresse")
    text = models.TextField("Nachricht", max_length=MAX_MESSAGE)
    digest = models.CharField(max_length=64, editable=False)  # the same twice is one message
    state = models.CharField("Stand", max_length=12, choices=ContactState, default=ContactState.UNCONFIRMED)
    created_at = models.DateTimeField("geschrieben am", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("zugestellt am", null=True, blank=True, editable=False)
    reported_at = models.DateTimeField("gemeldet am", null=True, blank=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "Kontaktanfrage"
        verbose_name_plural = "Kontaktanfragen"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="a_message_goes_once"),
            models.CheckConstraint(
                condition=Q(state="unconfirmed", sent_at=None) | Q(state="sent", sent_at__isnull=False),
                name="a_sent_message_says_when",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "sent_at"], name="message_by_recipient")]

    def __str__(self) -> str:
        return f"Kontaktanfrage {self.pk}"

    @property
    def reply_address(self) -> str:
        """Where whoever wrote is reached now: an account may have got another address since."""
        return self.sender.email if self.sender else self.sender_email

    @staticmethod
    def digest_of(recipient: Any, email: str, text: str) -> str:
        """Return what two messages have in common when they are the same."""
        words = " ".join(text.split()).casefold()
        return hashlib.sha256(f"{recipient.pk}\n{email.casefold()}\n{words}".encode()).hexdigest()
