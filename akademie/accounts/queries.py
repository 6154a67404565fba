"""Questions about accounts."""

from django.conf import settings

from akademie.accounts.models import RecoveryCode, Role, User
from akademie.core import stamps

FIRST_LEAD = "accounts.first_lead"  # the stamp that changes when the academy gets its first Leitung
# Nobody owns their addresses, which end in `.example`.
DEMO_PEOPLE = (
    ("leitung@akademie.example", "Lena", "Leitner", Role.LEAD),
    ("redaktion@akademie.example", "Rita", "Rahn", Role.EDITOR),
    ("buergermeisterin@stadt.example", "Berta", "Burg", Role.PARTICIPANT),
)
DEMO_ADDRESSES = frozenset(address for address, *_ in DEMO_PEOPLE)


def has_lead() -> bool:
    """Whether a real person leads this academy; demo people do not count."""
    leads = User.objects.filter(role=Role.LEAD, is_active=True)
    return leads.exclude(email__in=DEMO_ADDRESSES).exists()


def waits_for_its_lead() -> bool:
    """Whether this is a real academy that nobody leads yet."""
    return not settings.DEMO and not has_lead()


def first_lead_word() -> str:
    """Return a word that changes when the academy gets its first Leitung: what was signed with it ends then."""
    return stamps.current().get(FIRST_LEAD, "")


def unused_codes(user: User) -> int:
    """Return how many recovery codes a person has left."""
    return user.recovery_codes.filter(used_at=None).count()


def lead_has_codes() -> bool:
    """Whether a real person of the Leitung can sign in without mail."""
    codes = RecoveryCode.objects.filter(used_at=None, user__role=Role.LEAD, user__is_active=True)
    return codes.exclude(user__email__in=DEMO_ADDRESSES).exists()
