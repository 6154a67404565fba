"""What people are told in the weekly mail, what they want to get and when, and addresses that take no mails."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from akademie.accounts.models import User


class Delivery(models.TextChoices):
    """When somebody hears of something."""

    NOW = "now", "sofort"
    WEEKLY = "weekly", "in der Wochenmail"
    NEVER = "never", "gar nicht"


class DeliveryChoice(models.Model):
    """What a person has chosen for a kind of message; without a row what is usual holds.

    Somebody without an account has an address instead of a person.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name="Person")
    email = models.EmailField("Adresse ohne Konto", max_length=254, blank=True)
    kind = models.CharField("Art", max_length=60)
    delivery = models.CharField("wann", max_length=10, choices=Delivery)

    class Meta:
        verbose_name = "Einstellung der Benachrichtigungen"
        verbose_name_plural = "Einstellungen der Benachrichtigungen"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], condition=Q(email=""), name="one_choice_per_person"),
            models.UniqueConstraint(
                fields=["email", "kind"], condition=Q(user=None), name="one_choice_per_address_without_account"
            ),
            models.CheckConstraint(
                condition=Q(user=None, email__gt="") | Q(user__isnull=False, email=""),
                name="choice_of_person_or_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_delivery_display()}"


class Notice(models.Model):
    """One line for one person that may wait for the weekly mail; afterwards it is read in *Mein Bereich*."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="Person")
    kind = models.CharField("Art", max_length=60)
    text = models.CharField("Text", max_length=250)
    url = models.CharField("Link", max_length=500)
    order = models.PositiveSmallIntegerField("Rang")  # the smaller, the further up
    created_at = models.DateTimeField("seit", default=timezone.now)
    mailed_for = models.DateField("Wochenmail vom", null=True)  # its Tuesday; None while it waits

    class Meta:
        verbose_name = "Mitteilung"
        verbose_name_plural = "Mitteilungen"
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notices_of_a_person"),
            models.Index(fields=["created_at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return self.text


class SilentAddress(models.Model):
    """An address at which mails do not arrive: how often, since when, and what the server there says."""

    email = models.EmailField("Adresse", max_length=254, unique=True)  # in small letters
    failures = models.PositiveSmallIntegerField("vorläufige Fehler", default=0)
    said = models.CharField("der Server sagt", max_length=300)
    last_at = models.DateTimeField("zuletzt")
    marked_at = models.DateTimeField("unzustellbar seit", null=True)  # None: only counted so far
    blocked_at = models.DateTimeField("gesperrt seit", null=True)  # the office has decided: nothing goes there

    class Meta:
        verbose_name = "unzustellbare Adresse"
        verbose_name_plural = "unzustellbare Adressen"

    def __str__(self) -> str:
        return self.email
