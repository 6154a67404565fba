"""What people keeps about a person: export, deletion, and what a guest did before having an account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.people import queries
from akademie.people.models import ContactRequest, Handover, Membership, MembershipQuerySet, Profile, ProfileTopic


def _memberships(subject: Subject) -> MembershipQuerySet:
    return Membership.objects.filter(user=subject.user) if subject.user else Membership.objects.none()


def _messages(subject: Subject) -> QuerySet[ContactRequest]:
    mine = subject.rows("sender_email", user="sender")
    if subject.user:
        mine |= Q(recipient=subject.user)
    return ContactRequest.objects.filter(mine)


def _handovers(subject: Subject) -> QuerySet[Handover]:
    mine = subject.rows("to_email", "started_at", "to_user")
    if subject.user:
        mine |= Q(post__user=subject.user) | Q(started_by=subject.user)
    return Handover.objects.filter(mine)


def export(subject: Subject) -> Iterator[ExportPart]:
    """Return everything that people keeps about somebody."""
    if profile := Profile.objects.filter(user=subject.user).first() if subject.user else None:
        yield ExportPart("Mein Profil", iter([_row(profile, "id", "user")]))
        topics = ProfileTopic.objects.filter(profile=profile).select_related("topic").order_by("direction", "position")
        yield ExportPart(
            "Meine Themen",
            ({"Liste": one.get_direction_display(), "Thema": one.topic.name, "Satz": one.sentence} for one in topics),
        )
    rows = _memberships(subject).select_related("town", "organisation", "decided_by").order_by("pk")
    yield ExportPart(
        "Meine Städte und Organisationen",
        ({"Wo": one.place.name, **_row(one, "id", "user", "town", "organisation")} for one in rows.iterator()),
    )
    yield ExportPart(
        "Übergaben von Stellen",
        (
            {
                "Stelle": f"{one.post.function}, {one.post.place.name}",
                **_row(one, "id", "post", "to_user", "started_by", "along"),
            }
            for one in _handovers(subject).select_related("post__town", "post__organisation").order_by("pk").iterator()
        ),
    )
    yield ExportPart(
        "Nachrichten über das Kontaktformular",
        (_message(one, subject) for one in _messages(subject).order_by("pk").iterator()),
    )


def _row(instance: Model, *without: str) -> dict[str, Any]:
    """Return the fields of a row by their German names, choices in words."""
    found: dict[str, Any] = {}
    for field in instance._meta.concrete_fields:
        if field.name not in without:
            value = getattr(instance, f"get_{field.name}_display", lambda field=field: getattr(instance, field.name))()
            label = f"Zeigen: {field.verbose_name}" if field.name.startswith("show_") else str(field.verbose_name)
            found[label] = str(value) if isinstance(value, Model) else value
    return found


def _message(one: ContactRequest, subject: Subject) -> dict[str, Any]:
    """Return a message; the recipient's address stays hidden from the sender in the export too."""
    got = bool(subject.user) and one.recipient_id == subject.user.pk
    who = (
        {"Von": f"{one.sender_name}, {one.sender_email}"}
        if got
        else {"An": f"Profil von {one.recipient.get_full_name()}"}
    )
    return {**who, "Nachricht": one.text, "geschrieben am": one.created_at, "zugestellt am": one.sent_at}


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Say what deletion does; what stays is the town or organisation, without the person."""
    if subject.user and Profile.objects.filter(user=subject.user).exists():
        yield ErasureLine(Fate.GOES, "Ihr Profil mit Ihren Themen")
    if count := _memberships(subject).count():
        yield ErasureLine(Fate.GOES, f"{count} Zugehörigkeiten" if count > 1 else "1 Zugehörigkeit")
    if _memberships(subject).current().exists():
        yield ErasureLine(
            Fate.STAYS, "Die Städte und Organisationen selbst", "Sie gehören nicht zu Ihrem Konto. Übergeben Sie Ihre "
            "Stelle vorher, wenn jemand nachfolgt.",
        )  # fmt: skip
    if count := _handovers(subject).count():
        yield ErasureLine(Fate.GOES, f"{count} Übergaben einer Stelle" if count > 1 else "1 Übergabe einer Stelle")
    if count := _messages(subject).count():
        yield ErasureLine(Fate.GOES, f"{count} Nachrichten" if count > 1 else "1 Nachricht")


def erase(subject: Subject) -> None:
    """Delete all that. Inside the caller's transaction; twice is once."""
    _messages(subject).delete()
    Handover.objects.filter(subject.rows("to_email", "started_at", "to_user")).delete()
    if subject.user:
        _handovers(subject).exclude(started_by=subject.user).delete()
        Handover.objects.filter(started_by=subject.user).update(started_by=None)
        Handover.objects.filter(post__user=subject.user).delete()
        Membership.objects.filter(decided_by=subject.user).update(decided_by=None)
        _memberships(subject).delete()
        Profile.objects.filter(user=subject.user).delete()
        stamps.bump(queries.STAMP)


def claim(user: User) -> None:
    """Give somebody the messages that they wrote, and the invitations that they got, with the same address."""
    ContactRequest.objects.filter(sender_email=user.email, sender=None).update(sender=user)
    Handover.objects.filter(to_email=user.email, to_user=None, done_at=None).update(to_user=user)
