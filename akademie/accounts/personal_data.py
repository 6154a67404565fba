"""What accounts keeps about people, and how it answers for it."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from akademie.accounts import queries
from akademie.accounts.actions.account import end_all_sessions
from akademie.accounts.models import AddressChange, FormerAddress, RecoveryCode, User
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject

MODELS = (
    User, RecoveryCode, AddressChange, FormerAddress, Authenticator, SocialAccount, UserSession,
    User.groups.through, User.user_permissions.through, EmailAddress,  # the last one is allauth's and stays empty
)  # fmt: skip


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield the account itself and its codes, without what signs in."""
    user = subject.user
    if user is None:
        return
    account = {
        "E-Mail-Adresse": user.email, "Vorname": user.first_name, "Nachname": user.last_name,
        "Rolle": user.get_role_display(), "Dabei seit": user.date_joined, "Zuletzt angemeldet": user.last_login,
        "Aktiv": user.is_active,
    }  # fmt: skip
    yield ExportPart("Ihr Konto", [account])
    codes = user.recovery_codes.order_by("pk")
    yield ExportPart("Ihre Notfallcodes", ({
        "Erstellt": code.made_at, "Benutzt": code.used_at,
    } for code in codes))  # fmt: skip
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    yield ExportPart("Ihre Apps und Passkeys", ({
        "Art": "Passkey" if factor.type == queries.PASSKEY else "App", "Name": factor.data.get("name", ""),
        "Angelegt": factor.created_at, "Zuletzt benutzt": factor.last_used_at,
    } for factor in factors))  # fmt: skip
    accounts = SocialAccount.objects.filter(user=user).order_by("pk")
    yield ExportPart("Ihre Konten beim Anbieter der Anmeldung", ({
        "Kennung dort": account.uid, "Verbunden": account.date_joined, "Zuletzt benutzt": account.last_login,
    } for account in accounts))  # fmt: skip
    changes = AddressChange.objects.filter(user=user)
    yield ExportPart("Ihre gewünschte neue Adresse", ({
        "Adresse": change.email, "Gewünscht": change.asked_at,
    } for change in changes))  # fmt: skip
    former = FormerAddress.objects.filter(user=user).order_by("until", "pk")
    yield ExportPart("Ihre früheren Adressen", ({
        "Adresse": one.email, "Bis": one.until,
    } for one in former))  # fmt: skip
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    yield ExportPart("Ihre Anmeldungen", ({
        "Browser": session.user_agent, "Seit": session.created_at,
    } for session in sessions))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield the account with all its ways in."""
    if subject.user:
        yield ErasureLine(Fate.GOES, "Ihr Konto mit Name, Adresse, Rolle und allen Wegen, sich anzumelden")


def erase(subject: Subject) -> None:
    """End all sessions and delete the account; comes after all other areas."""
    if subject.user is None:
        return
    end_all_sessions([subject.user.pk])
    User.objects.filter(pk=subject.user.pk).delete()
