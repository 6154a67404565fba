"""The person who signs in."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


def new_link_word() -> str:
    """Return the word that makes the links sent so far work once; a new one makes them worthless."""
    return secrets.token_hex(16)


class Role(models.TextChoices):
    """General roles; a guest has no account."""

    PARTICIPANT = "participant", "Beteiligte"
    EDITOR = "editor", "Redaktion"
    LEAD = "lead", "Leitung"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an account never needs a password."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account for an address; addresses are kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account of the Leitung (for Django's own command); nobody passes all rules."""
        return self.create_user(email, password, role=Role.LEAD, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by a mail address. `is_superuser` stays False: rules such as conflicts bind everyone."""

    email = models.EmailField(
        "E-Mail-Adresse", unique=True, error_messages={"unique": "Zu dieser Adresse gibt es schon ein Konto."}
    )
    first_name = models.CharField("Vorname", max_length=80, blank=True)
    last_name = models.CharField("Nachname", max_length=80, blank=True)
    role = models.CharField("Rolle", max_length=20, choices=Role, default=Role.PARTICIPANT)
    is_active = models.BooleanField("aktiv", default=True, help_text="Ohne Haken kann sich die Person nicht anmelden.")
    date_joined = models.DateTimeField("dabei seit", default=timezone.now, editable=False)
    link_word = models.CharField(max_length=32, default=new_link_word, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """Return first and last name as far as known."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """Return the first name, else the address."""
        return self.first_name or self.email

    @property
    def is_office(self) -> bool:
        """True for Redaktion and Leitung."""
        return self.role in (Role.EDITOR, Role.LEAD)

    @property
    def is_staff(self) -> bool:
        """Asked by Wagtail's user bar; the office is the staff."""
        return self.is_office

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the role and Wagtail's group of the same name together, whichever form has changed the role."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        names = [self.get_role_display()] if self.is_office else []
        self.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])


class RecoveryCode(models.Model):
    """A code on paper that signs a person in once, for the day on which no mail arrives.

    Only its hash is kept. The code itself is random and has 80 bits, so that a fast hash is enough: nobody can try
    them all. The hash does not depend on SECRET_KEY, so that the paper is still good on another server.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes", verbose_name="Person")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("erstellt am", default=timezone.now)
    used_at = models.DateTimeField("benutzt am", null=True)
    left_out_of = ("export",)  # another operator's academy gives out codes of its own

    class Meta:
        verbose_name = "Notfallcode"
        verbose_name_plural = "Notfallcodes"

    def __str__(self) -> str:
        return f"Notfallcode vom {self.made_at:%d.%m.%Y}"


class FormerAddress(models.Model):
    """An address that somebody had here before. What was sent to it, or noted of it, is theirs up to that moment."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_addresses", verbose_name="Person")
    email = models.EmailField("frühere Adresse")
    until = models.DateTimeField("bis", default=timezone.now)

    class Meta:
        verbose_name = "frühere Adresse"
        verbose_name_plural = "frühere Adressen"

    def __str__(self) -> str:
        return f"frühere Adresse bis {self.until:%d.%m.%Y}"


class AddressChange(models.Model):
    """A new mail address that somebody wants and has not confirmed yet. A newer wish ends the older one."""

    user = models.OneToOneField(User, models.CASCADE, related_name="address_change", verbose_name="Person")
    email = models.EmailField("neue Adresse")
    word = models.CharField(max_length=32, default=new_link_word)
    asked_at = models.DateTimeField("gewünscht am", default=timezone.now)
    left_out_of = ("backup", "export")  # over within a day

    class Meta:
        verbose_name = "Adressänderung"
        verbose_name_plural = "Adressänderungen"

    def __str__(self) -> str:
        return f"Adressänderung vom {self.asked_at:%d.%m.%Y}"
