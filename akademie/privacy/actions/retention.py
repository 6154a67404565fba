"""What time does: every night each rule deletes what is due, in batches, but for what must stay."""

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.contributions import RetentionRule, retention_rules
from akademie.privacy import holds
from akademie.privacy.actions.orders import delete_stray_archives
from akademie.privacy.models import ArchiveOffer, LegalHold, RetentionRun
from akademie.privacy.queries.retention import may_go

logger = logging.getLogger(__name__)
BATCH = 500


@task()
def run_retention() -> None:
    """Delete what is due by every rule; one that fails does not stop the others. Repeatable."""
    for rule in retention_rules:
        run_rule(rule)
    delete_stray_archives()


def run_rule(rule: RetentionRule) -> int:
    """Delete what is due by one rule and note how it went; return how many rows went."""
    count, problem = 0, ""
    try:
        for batch in _batches(rule):
            count += _delete(rule, batch)
    except Exception as error:
        logger.exception("Retention rule %s failed", rule.key)
        problem = type(error).__name__[:120]
    now = timezone.now()
    values: dict[str, Any] = {"ran_at": now, "count": count, "problem": problem}
    if count:
        values["went_at"] = now
    RetentionRun.objects.update_or_create(key=rule.key, defaults=values)
    return count


def _batches(rule: RetentionRule) -> Iterable[list[Any]]:
    """Yield primary keys in order, so that a row that stays is not looked at twice."""
    last = None
    while True:
        rows = may_go(rule).order_by("pk")
        keys = list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]


@transaction.atomic
def _delete(rule: RetentionRule, keys: list[Any]) -> int:
    rows = rule.due().filter(pk__in=keys)
    if rule.delete:
        rule.delete(rows)
        return len(keys)
    count = 0
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()
        except NotPossible:  # held since we looked
            continue
        count += 1
    _forget_offers(rows, keys)
    return count


def _forget_offers(rows: QuerySet, keys: list[Any]) -> None:
    """Delete what was noted about records that are gone."""
    left = {str(pk) for pk in rows.model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)}
    gone = {str(pk) for pk in keys} - left
    kind = ContentType.objects.get_for_model(rows.model)
    for model in (ArchiveOffer, LegalHold):
        model._default_manager.filter(content_type=kind, object_pk__in=gone).delete()


# -- what must stay ---------------------------------------------------------------------------------------------------
@transaction.atomic
def hold(record: Model, *, reason: str, by: User) -> LegalHold:
    """Keep a record whatever its rule says. NotPossible when it is held already, or gone."""
    locked = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    if locked is None:
        raise NotPossible("Diesen Vorgang gibt es nicht mehr.")
    if held := holds.hold_of(locked):
        raise NotPossible(f"Dieser Vorgang wird schon aufbewahrt: {held.reason}")
    found = LegalHold.objects.create(label=str(locked)[:200], reason=reason, set_by=by, **_about(locked))
    log(instance=locked, action="privacy.hold", user=by)
    return found


@transaction.atomic
def lift(found: LegalHold, *, by: User) -> None:
    """Let a record go its way again. Lifting twice changes nothing more."""
    if not LegalHold.objects.filter(pk=found.pk, ended_at=None).update(ended_at=timezone.now()):
        return
    model = found.content_type.model_class()
    record = model._default_manager.filter(pk=found.object_pk).first() if model else None
    log(instance=record or found, action="privacy.lift", user=by, title=found.label)


@transaction.atomic
def note_offer(rule: RetentionRule, *, offered_on: date, by: User) -> int:
    """Note that the public archive was offered all records that are due by a rule; return how many are new."""
    rows = holds.not_offered(rule.due())
    offers = [ArchiveOffer(offered_on=offered_on, **_about(row)) for row in rows.iterator(chunk_size=BATCH)]
    ArchiveOffer.objects.bulk_create(offers, ignore_conflicts=True, batch_size=BATCH)
    if offers:
        newest = ArchiveOffer.objects.order_by("-pk").first()
        log(instance=newest, action="privacy.offer", user=by, title=f"{len(offers)} × {rule.title}"[:200])
    return len(offers)


def _about(record: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(record), "object_pk": str(record.pk)}


def delete_log_entries(entries: QuerySet[Any]) -> None:
    """Delete entries of the log whose time is over: past the refusal that meets everybody else."""
    entries._raw_delete(entries.db)
