"""What people do with variants: make one, write it, hand it in; editors publish it or give it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.cms.queries import office_addresses
from akademie.core import limits, stamps
from akademie.core.actions import NotPossible, check_may_post
from akademie.formats.models import ChecklistItem, FormatProfile, FormatStep, FormatTemplate, HandIn
from akademie.notifications.actions import notify
from akademie.people.models import Membership

STAMP = "formate"
VARIANTS_PER_DAY = 10
HANDED_IN, PUBLISHED, GIVEN_BACK = "formats.variant_in", "formats.variant_published", "formats.variant_returned"
ENOUGH = "Sie haben heute schon viele Varianten angelegt. Bitte machen Sie morgen weiter."
COPIED = (
    "kind", "purpose", "target_groups", "mode", "duration_min", "duration_max", "group_min", "group_max", "effort",
    "roles", "tools", "result", "tips",
)  # fmt: skip
# What belongs to a format, and which of its values a variant takes along.
PARTS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "steps": (FormatStep, ("title", "minutes", "role", "script")),
    "templates": (FormatTemplate, ("kind", "subject", "text")),
    "checklist": (ChecklistItem, ("title", "days", "role", "only_in")),
}


class SavedMeanwhile(NotPossible):
    """Somebody else has saved since the form was opened."""


def make_variant(origin: FormatProfile, *, name: str, differs: str, by: User) -> FormatProfile:
    """Copy a published format into a draft that its maker and the office see. Pressed twice it is one.

    NotPossible for who may not post; TooMany.
    """
    check_may_post(by)
    if known := _same(origin, name, by):
        return known
    limits.count("format variant", str(by.pk), most=VARIANTS_PER_DAY, seconds=24 * 3600, says=ENOUGH)
    with transaction.atomic():
        stamps.bump(STAMP)  # two presses come one after the other, and so do two that want the same slug
        if known := _same(origin, name, by):
            return known
        variant = FormatProfile(name=name, origin=origin, differs=differs, maker=by, live=False)
        for field in COPIED:
            setattr(variant, field, getattr(origin, field))
        variant.made_in = _town_of(by)
        variant.topics = list(origin.topics.all())
        for part, (model, fields) in PARTS.items():
            rows = getattr(origin, part).values(*fields)
            setattr(variant, part, [model(sort_order=order, **row) for order, row in enumerate(rows)])
        variant.full_clean()
        variant.save()
        variant.save_revision(user=by, changed=False)
        log(instance=variant, action="formats.variant_made", user=by, data={"origin": origin.pk})
    return variant


def _same(origin: FormatProfile, name: str, by: User) -> FormatProfile | None:
    return FormatProfile.objects.filter(origin=origin, name=name, maker=by, live=False).order_by("pk").first()


def _town_of(person: User) -> Any:
    post = Membership.objects.current().filter(user=person, town__isnull=False).select_related("town").order_by("pk")
    found = post.first()
    return found.town if found else None


def draft_of(variant: FormatProfile) -> FormatProfile:
    """Return a variant as it was last written."""
    return variant.get_latest_revision_as_object()


@transaction.atomic
def save_variant(
    variant: FormatProfile,
    *,
    values: Mapping[str, Any],
    steps: Iterable[Mapping[str, Any]],
    opened_with: str,
    by: User,
) -> None:
    """Write a variant. SavedMeanwhile when `opened_with` is not the latest version; the next try says which is.

    What is public stays as it is until editors publish the new version.
    """
    locked = _locked(variant)
    if str(locked.latest_revision_id or "") != opened_with:
        last = locked.latest_revision
        who = "Sie selbst haben" if last and last.user_id == by.pk else f"{last.user if last else 'Jemand'} hat"
        raise SavedMeanwhile(
            f"{who} inzwischen eine andere Fassung gespeichert. Ihr Text steht noch hier. Wenn Sie noch einmal "
            "speichern, gilt Ihre Fassung."
        )
    draft = draft_of(locked)
    for field, value in values.items():
        setattr(draft, field, value)
    draft.steps = [FormatStep(sort_order=order, **step) for order, step in enumerate(steps)]
    if not draft.live:
        draft.save()
    draft.save_revision(user=by)
    log(instance=locked, action="formats.variant_saved", user=by)


@transaction.atomic
def hand_in(variant: FormatProfile, *, by: User) -> HandIn:
    """Ask the editors to publish a variant. Once more while it waits changes nothing.

    NotPossible for who may not post, and while nothing says what is different.
    """
    check_may_post(by)
    locked = _locked(variant)
    if not draft_of(locked).differs:
        raise NotPossible("Bitte sagen Sie zuerst unter „Was anders ist“, worin sich Ihre Variante unterscheidet.")
    known = HandIn.objects.filter(profile=locked).first()
    if known and known.answered_at is None:
        return known
    handed_in, _ = HandIn.objects.update_or_create(
        profile=locked,
        defaults={"handed_in_at": timezone.now(), "answer": "", "answered_at": None, "answered_by": None},
    )
    log(instance=locked, action="formats.variant_handed_in", user=by)
    notify(HANDED_IN, to=office_addresses(), context=_words(locked, "formats:variant_to_decide", locked.pk))
    return handed_in


@transaction.atomic
def publish_variant(variant: FormatProfile, *, seen: str, by: User) -> None:
    """Publish what the editors have seen, `seen` being its version. NotPossible when it changed or is decided."""
    handed_in, locked = _waiting(variant)
    if str(locked.latest_revision_id) != seen:
        raise NotPossible("Die Variante wurde inzwischen geändert. Bitte lesen Sie sie noch einmal.")
    draft = draft_of(locked)
    try:
        draft.full_clean()
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    assert locked.latest_revision is not None
    locked.latest_revision.publish(user=by, skip_permission_checks=True)  # the view's rule has decided
    _answer(handed_in, "veröffentlicht", by)
    _tell(PUBLISHED, FormatProfile.objects.get(pk=locked.pk), handed_in)


@transaction.atomic
def give_back_variant(variant: FormatProfile, *, answer: str, by: User) -> None:
    """Give a variant back with a reason. NotPossible when it is decided already."""
    handed_in, locked = _waiting(variant)
    _answer(handed_in, answer, by)
    log(instance=locked, action="formats.variant_returned", user=by)
    _tell(GIVEN_BACK, locked, handed_in)


@transaction.atomic
def delete_variant(variant: FormatProfile, *, by: User) -> None:
    """Delete a draft that was never public. NotPossible for one that was."""
    locked = _locked(variant)
    if locked.live or locked.first_published_at:
        raise NotPossible("Diese Variante war schon veröffentlicht. Bitten Sie die Geschäftsstelle, sie zu entfernen.")
    log(instance=locked, action="wagtail.delete", user=by, deleted=True)
    locked.delete()


def _locked(variant: FormatProfile) -> FormatProfile:
    return FormatProfile.objects.select_for_update().get(pk=variant.pk)


def _waiting(variant: FormatProfile) -> tuple[HandIn, FormatProfile]:
    locked = _locked(variant)
    handed_in = HandIn.objects.filter(profile=locked).first()
    if handed_in is None:
        raise NotPossible("Diese Variante ist nicht eingereicht.")
    if handed_in.answered_at:
        raise NotPossible(f"{handed_in.answered_by or 'Jemand'} hat schon entschieden. Laden Sie die Seite neu.")
    return handed_in, locked


def _answer(handed_in: HandIn, answer: str, by: User) -> None:
    handed_in.answer, handed_in.answered_at, handed_in.answered_by = answer, timezone.now(), by
    handed_in.save()


def _tell(key: str, variant: FormatProfile, handed_in: HandIn) -> None:
    if variant.maker:
        context = _words(variant, "formats:variant", variant.slug) | {"answer": handed_in.answer}
        notify(key, to=[variant.maker], context=context)


def _words(variant: FormatProfile, place: str, part: Any) -> dict[str, Any]:
    return {
        "name": variant.name, "origin": variant.origin,
        "page": settings.SITE_URL + variant.get_absolute_url(), "link": settings.SITE_URL + reverse(place, args=[part]),
    }  # fmt: skip
