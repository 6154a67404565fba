"""What accounts keeps about people, and how it answers for it."""

from collections.abc import Iterator

from django.contrib.sessions.models import Session

from akademie.accounts.models import RecoveryCode, User
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject

MODELS = (User, RecoveryCode, User.groups.through, User.user_permissions.through)


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


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield the account with all its ways in."""
    if subject.user:
        yield ErasureLine(Fate.GOES, "Ihr Konto mit Name, Adresse, Rolle und allen Wegen, sich anzumelden")


def erase(subject: Subject) -> None:
    """End all sessions and delete the account; comes after all other areas."""
    if subject.user is None:
        return
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(subject.user.pk):
            session.delete()
    User.objects.filter(pk=subject.user.pk).delete()
