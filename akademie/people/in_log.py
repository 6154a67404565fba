"""Whose and where: what the log adds to the things of people, as long as they exist."""

from akademie.people.models import ContactRequest, Membership


def described_memberships(keys: list[str]) -> dict[str, str]:
    """Return who belongs where."""
    rows = Membership.objects.filter(pk__in=keys).select_related("user", "town", "organisation")
    return {str(one.pk): f"{one.user}, {one.function}, {one.place.name}" for one in rows}


def described_messages(keys: list[str]) -> dict[str, str]:
    """Return who wrote to whom."""
    rows = ContactRequest.objects.filter(pk__in=keys).select_related("recipient")
    return {str(one.pk): f"{one.sender_name} an {one.recipient}" for one in rows}
