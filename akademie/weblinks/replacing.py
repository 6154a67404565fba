"""One address in place of another, everywhere at once: what would change, and the change itself.

What is published is written as a new version and published; a draft on top of it stays a draft, on top, with the new
address too. What somebody is checking or has locked is left alone and said. Nothing is taken for granted between the
look and the press: both make the same plan, and the press goes on only when it is still the same.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from wagtail.fields import StreamField
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, Page, Revision, WorkflowMixin
from wagtail.permissions import policy_registry

from akademie.accounts.models import User
from akademie.weblinks.addresses import replaced_in
from akademie.weblinks.excerpts import excerpt
from akademie.weblinks.models import WebLink, WebLinkUse
from akademie.weblinks.sources import Source, Told, parts_of, sources

MOST = 200  # things changed with one press
REPLACED = "weblinks.replaced"


class Spot(NamedTuple):
    """A text before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What replacing does with one thing."""

    source: str
    thing: Any
    told: Told
    live: list[Spot] = field(default_factory=list)  # in what everyone sees
    draft: list[Spot] = field(default_factory=list)  # in what is written but not published
    problem: str = ""  # why it is left alone

    @property
    def mark(self) -> list[Any]:
        """What must be the same when the press comes."""
        latest = getattr(self.thing, "latest_revision_id", None)
        return [self.source, str(self.thing.pk), latest, self.live, self.draft, self.problem]


@dataclass(frozen=True)
class Plan:
    """What replacing does with everything."""

    old: str
    new: str
    changes: list[Change]
    elsewhere: list[WebLinkUse]  # places that only people can change: a PDF, another field than the address
    is_all: bool  # there is not more than one press changes

    @property
    def possible(self) -> list[Change]:
        """What will be changed."""
        return [change for change in self.changes if not change.problem]

    @property
    def left_alone(self) -> list[Change]:
        """What will not."""
        return [change for change in self.changes if change.problem]

    @property
    def stamp(self) -> str:
        """A word for exactly this plan."""
        marks = json.dumps([self.old, self.new, [change.mark for change in self.changes]], ensure_ascii=False)
        return hashlib.sha256(marks.encode()).hexdigest()[:32]


# -- the plan ---------------------------------------------------------------------------------------------------------
def plan(link: WebLink, new: str, by: User, *, lock: bool = False) -> Plan:
    """Return what replacing a link would do; `lock` keeps everybody else from it until the end of the transaction."""
    uses = list(link.uses.order_by("kind", "object_pk"))
    changes: list[Change] = []
    done: set[tuple[str, str]] = set()
    for source in sorted(sources(), key=lambda one: one.model._meta.label):
        told = {use.object_pk: Told(use.title, use.url) for use in uses if use.kind == source.key}
        keys = [*told, *(pk for pk in _drafts_with(source, link.url) if pk not in told)]
        for thing in _things(source, keys, lock=lock):
            change = _change(source, thing, told.get(str(thing.pk)), link.url, new, by)
            if change.live or change.draft:
                changes.append(change)
                done.add((source.key, str(thing.pk)))
    elsewhere = [use for use in uses if (use.kind, use.object_pk) not in done]
    return Plan(link.url, new, changes[:MOST], elsewhere, is_all=len(changes) <= MOST)


def _things(source: Source, keys: list[str], *, lock: bool) -> list[Any]:
    if not keys:
        return []
    rows = source.model._default_manager.filter(pk__in=keys).order_by("pk")
    return list(rows.select_for_update() if lock else rows)


def _drafts_with(source: Source, address: str) -> Iterator[str]:
    """Yield what has this address in a version that is not published."""
    if not issubclass(source.model, DraftStateMixin):
        return
    drafts = source.model._default_manager.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    versions = Revision.objects.filter(pk__in=drafts.order_by().values("latest_revision"))
    for pk, content in versions.order_by("pk").values_list("object_id", "content").iterator(chunk_size=100):
        if any(_spots(source.model, content, address, "")):
            yield pk


def _change(source: Source, thing: Any, told: Told | None, old: str, new: str, by: User) -> Change:
    change = Change(source.key, thing, told or Told(str(thing), ""))
    if not isinstance(thing, DraftStateMixin):
        live = list(_spots(source.model, _contents(thing), old, new))
        return replace(change, live=live, problem=_problem_of_values(thing, old, new))
    live = list(_spots(source.model, thing.serializable_data(), old, new)) if thing.live else []
    version = _draft_of(thing)
    draft = list(_spots(source.model, version.content, old, new)) if version else []
    problem = _problem(thing, old, new, by, is_live=bool(live)) if live or draft else ""
    return replace(change, live=live, draft=draft, problem=problem)


def _draft_of(thing: Any) -> Revision | None:
    """Return the version that is written but not published."""
    return thing.latest_revision if thing.has_unpublished_changes or not thing.live else None


def _spots(model: type[Model], content: dict[str, Any], old: str, new: str) -> Iterator[Spot]:
    for one, before, after in _values(model, content, old, new):
        yield Spot(str(one.verbose_name), excerpt(before, old), excerpt(after, new) if new else "")


def _values(model: type[Model], content: dict[str, Any], old: str, new: str) -> Iterator[tuple[Field, Any, Any]]:
    """Yield each field whose value changes, with both values as plain data."""
    for part in parts_of(model):
        for row in content.get(part.rows, []) if part.rows else [content]:
            for one in part.texts:
                before = _plain(one, row.get(one.name))
                after = replaced_in(before, old, new)
                if after != before:
                    yield one, before, after


def _plain(one: Field, value: Any) -> Any:
    """Return a value as versions keep it as plain data; blocks of pages stand there as JSON."""
    return json.loads(value) if isinstance(one, StreamField) and isinstance(value, str) and value else value


# -- what speaks against it -------------------------------------------------------------------------------------------
def _problem(thing: Any, old: str, new: str, by: User, *, is_live: bool) -> str:
    if isinstance(thing, WorkflowMixin) and thing.workflow_in_progress:
        return "wartet gerade auf eine Freigabe"
    if _is_locked(thing, by):
        return "ist gesperrt"
    if not _may_publish(thing, by):
        return "dürfen Sie nicht veröffentlichen"
    if is_live:
        try:
            thing.with_content_json(_content(thing, thing.serializable_data(), old, new)).full_clean()
        except ValidationError as error:
            return _why(error)
    version = _draft_of(thing)
    contents = ([thing.serializable_data()] if is_live else []) + ([version.content] if version else [])
    try:
        for content in contents:
            for one, _before, after in _values(type(thing), content, old, new):
                _check(one, after)
    except ValidationError as error:
        return _why(error)
    return ""


def _is_locked(thing: Any, by: User) -> bool:
    """Whether somebody keeps others from it. A version that waits for its date is no reason: it keeps that date."""
    lock = thing.get_lock() if isinstance(thing, LockableMixin) else None
    if isinstance(lock, ScheduledForPublishLock):
        lock = BasicLock(thing) if thing.locked else None
    return lock is not None and lock.for_user(by)


def _may_publish(thing: Any, by: User) -> bool:
    if isinstance(thing, Page):
        return thing.permissions_for_user(by).can_publish()
    return policy_registry.get(thing).user_has_permission(by, "publish")


def _problem_of_values(thing: Any, old: str, new: str) -> str:
    try:
        for one, _before, after in _values(type(thing), _contents(thing), old, new):
            _check(one, after)
    except ValidationError as error:
        return _why(error)
    return ""


def _check(one: Field, value: Any) -> None:
    if not isinstance(one, StreamField):
        one.clean(value, None)


def _why(error: ValidationError) -> str:
    return f"lässt sich so nicht speichern: {' '.join(error.messages)}"[:300]


# -- the change -------------------------------------------------------------------------------------------------------
def carry_out(found: Plan, by: User) -> None:
    """Change everything that is possible. Belongs into the transaction in which the plan was made with `lock`."""
    for change in found.possible:
        if isinstance(change.thing, DraftStateMixin):
            _write_versions(change, found.old, found.new, by)
        else:
            _write_values(change.thing, found.old, found.new)
            log(instance=change.thing, action=REPLACED, user=by, data={"old": found.old, "new": found.new})


def _write_versions(change: Change, old: str, new: str, by: User) -> None:
    thing = change.thing
    version = _draft_of(thing)
    data = {"old": old, "new": new}
    if change.live:
        content = _content(thing, thing.serializable_data(), old, new)
        content["go_live_at"] = None  # it is live already; a date that is still to come belongs to the draft
        published = thing.with_content_json(content).save_revision()
        published.publish(user=by, skip_permission_checks=True)  # asked in the plan
        # Only now: whoever publishes has read all of it, they say; whoever replaces an address has not.
        Revision.objects.filter(pk=published.pk).update(user=by)
        log(instance=thing, action=REPLACED, user=by, data=data, revision=published, content_changed=True)
    if version is None:
        return
    now = type(thing)._default_manager.get(pk=thing.pk)
    draft = now.with_content_json(_content(thing, version.content, old, new)).save_revision(
        user=by if change.draft else version.user, approved_go_live_at=version.approved_go_live_at, clean=False
    )
    if change.draft:
        log(instance=thing, action=REPLACED, user=by, data=data, revision=draft, content_changed=True)


def _content(thing: Any, content: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """Return the content of a version with the new address."""
    changed = json.loads(json.dumps(content, default=str))
    for part in parts_of(type(thing)):
        for row in changed.get(part.rows, []) if part.rows else [changed]:
            for one in part.texts:
                before = row.get(one.name)
                after = replaced_in(_plain(one, before), old, new)
                row[one.name] = json.dumps(after) if isinstance(one, StreamField) and isinstance(before, str) else after
    return changed


def _contents(thing: Model) -> dict[str, Any]:
    """Return the texts of a thing without versions, as a version would have them."""
    content: dict[str, Any] = {}
    for part in parts_of(type(thing)):
        rows = [{one.name: one.value_from_object(row) for one in part.texts} for row in _rows(part.rows, thing)]
        content.update({part.rows: rows} if part.rows else rows[0])
    return content


def _write_values(thing: Model, old: str, new: str) -> None:
    for part in parts_of(type(thing)):
        for row in _rows(part.rows, thing):
            changed = []
            for one in part.texts:
                before = one.value_from_object(row)
                after = replaced_in(before, old, new)
                if after != before:
                    setattr(row, one.name, after)
                    changed.append(one.name)
            if changed:
                row.save(update_fields=changed)


def _rows(name: str, thing: Model) -> list[Any]:
    """Return the thing itself, or its rows under a name as they are in the database."""
    return list(getattr(type(thing)._default_manager.get(pk=thing.pk), name).all()) if name else [thing]
