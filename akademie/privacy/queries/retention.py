"""Questions about how long things are kept, and whose data are processed for what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from akademie.core.contributions import Processing, RetentionRule, processing, retention_rules
from akademie.privacy import holds
from akademie.privacy.models import RetentionRun

SHOWN = 50  # records of a rule on its page


def may_go(rule: RetentionRule) -> QuerySet:
    """Return the rows that the next run deletes: due, not held, and offered to the archive where that must be."""
    rows = holds.not_held(rule.due())
    return holds.offered(rows) if rule.archive else rows


@dataclass(frozen=True)
class RuleView:
    """A rule as the office sees it."""

    rule: RetentionRule
    due: int  # rows that the next run deletes
    held: int
    not_offered: int  # due, but the archive was not asked yet
    run: RetentionRun | None


def view_of(rule: RetentionRule, run: RetentionRun | None) -> RuleView:
    """Look at a rule without deleting anything."""
    due = rule.due()
    waiting = holds.not_offered(holds.not_held(due)).count() if rule.archive else 0
    return RuleView(rule, may_go(rule).count(), holds.held(due).count(), waiting, run)


def rules_seen() -> list[RuleView]:
    """Look at all rules."""
    runs = RetentionRun.objects.in_bulk()
    return [view_of(rule, runs.get(rule.key)) for rule in retention_rules]


def due_records(rule: RetentionRule) -> list[dict[str, Any]]:
    """Return the first records that are due by a rule, with what is known about keeping them."""
    rows = list(rule.due().order_by("pk")[:SHOWN])
    keys = [row.pk for row in rows]
    held = set(holds.held(rule.due().filter(pk__in=keys)).values_list("pk", flat=True))
    offered = set(holds.offered(rule.due().filter(pk__in=keys)).values_list("pk", flat=True))
    kind = rule.due().model._meta.label_lower
    return [
        {"record": row, "kind": kind, "is_held": row.pk in held, "is_offered": row.pk in offered,
         "can_be_held": kind in holds.protected}
        for row in rows
    ]  # fmt: skip


def records_numbered(text: str) -> list[dict[str, Any]]:
    """Return the records of all kinds that may be held and have these numbers in their name ("2026-12", "Frage 7")."""
    numbers = set(re.findall(r"[0-9]{1,18}", text))
    found: list[dict[str, Any]] = []
    for kind, model in holds.protected.items() if numbers else ():
        rows = model._default_manager.filter(pk__in=numbers).order_by("pk")
        held = set(holds.held(rows).values_list("pk", flat=True))
        named = [row for row in rows if numbers <= set(re.findall(r"[0-9]+", str(row)))]
        found += [{"record": row, "kind": kind, "is_held": row.pk in held} for row in named]
    return found


def record_of_processing() -> Iterator[tuple[Processing, list[RetentionRule]]]:
    """Yield what is switched on, for what, and with how long it is kept. An unknown rule is an error of its area."""
    for one in processing:
        if not one.when():
            continue
        rules = [retention_rules.get(key) for key in one.retention]
        if None in rules:
            raise LookupError(f"{one.key} names a retention rule that no area has: {one.retention}")
        yield one, [rule for rule in rules if rule]
