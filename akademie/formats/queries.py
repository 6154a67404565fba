"""Questions about formats: which are shown to whom, which match, which are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from akademie.core.contributions import PublicEntry
from akademie.core.embedding import Embedded
from akademie.core.facets import Facet, FacetedList
from akademie.core.stamps import Kept
from akademie.editing.checked import checked_on
from akademie.formats import texts, words
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import Sheet, card_of, embedded_of, fact, sheet_of
from akademie.formats.words import ALSO_TYPED, DURATIONS, GROUPS, Effort, Kind, Maturity, Mode
from akademie.topics import queries as topics

STAMP = "formate"
STAMPS = (STAMP, "themen")
SIMILAR = 3


def visible_to(user: Any) -> QuerySet[FormatProfile]:
    """Return the formats that a person may see: published ones, the same for everyone."""
    return FormatProfile.objects.published()


@dataclass(frozen=True)
class Relative:
    """A format that another one came from or has become: what is different, and where it was made."""

    slug: str
    name: str
    differs: str
    town: str


@dataclass(frozen=True)
class Around:
    """What stands around a Steckbrief."""

    pk: int
    co_producers: tuple[str, ...]
    office_minutes: int | None  # entered by editors, as is the cost
    cost_eur: int | None
    changes: list[str]
    origin: Relative | None  # what is different here, from what it came
    variants: tuple[Relative, ...]
    checklist: list[tuple[str, str, str]]  # day in words, title, role

    @property
    def office_time(self) -> str:
        """The time of the office in words."""
        return words.minutes_in_words(self.office_minutes) if self.office_minutes else ""

    @property
    def cost(self) -> str:
        """The cost of a run in words, "" when nobody has entered it."""
        return "" if self.cost_eur is None else f"{words.number(self.cost_eur)} Euro"


@dataclass(frozen=True)
class Format:
    """What choosing a format by rules needs to know of it; unknown figures are None."""

    pk: int
    slug: str
    name: str
    kind: str
    mode: tuple[str, ...]
    effort: str
    duration_min: int | None
    duration_max: int | None
    group_min: int | None
    group_max: int | None
    maturity: str
    topics: tuple[tuple[str, str], ...]  # slug and name
    branches: tuple[str, ...]  # slugs of the topics and of what they belong to


def catalogue() -> tuple[Format, ...]:
    """Return all published formats in the order of their names; kept per process until one changes."""
    return _kept.get().formats


class _Catalogue:
    """The formats with their index cards, and who is alike, worked out when first asked.

    A catalogue has dozens of formats, not thousands, so a process keeps it whole until one of them changes.
    """

    def __init__(self) -> None:
        topics: dict[int, list[tuple[str, str, str | None]]] = {}
        links = FormatProfile.topics.through.objects.order_by("topic__position", "topic__name", "topic_id")
        for pk, *topic in links.values_list("formatprofile_id", "topic__slug", "topic__name", "topic__parent__slug"):
            topics.setdefault(pk, []).append(tuple(topic))  # type: ignore[arg-type]
        profiles = FormatProfile.objects.published().defer(
            "target_groups", "roles", "tools", "sources", "result", "tips"
        )
        rows = sorted(profiles, key=lambda one: (one.name.casefold(), one.pk))
        self.formats = tuple(_format(one, topics.get(one.pk, [])) for one in rows)
        self.cards = {one.pk: card_of(one) for one in rows}
        self.by_slug = {one.slug: one for one in self.formats}
        self.origins = {
            pk: (slug, origin) for pk, slug, origin in FormatProfile.objects.values_list("pk", "slug", "origin")
        }
        self.alike: dict[str, list[tuple[Format, str]]] = {}
        self.sheets: dict[str, tuple[Sheet, Around]] = {}

    def sheet(self, slug: str) -> tuple[Sheet, Around] | None:
        if slug not in self.sheets and slug in self.by_slug and (found := published(slug)):
            self.sheets[slug] = sheet_of(found, self.by_slug[slug].topics), around_of(found)
        return self.sheets.get(slug)

    def similar(self, slug: str) -> list[tuple[Format, str]]:
        if slug not in self.alike and slug in self.by_slug:
            self.alike[slug] = most_alike(self.by_slug[slug], self.formats)
        return self.alike.get(slug, [])


def _format(one: FormatProfile, topics: list[tuple[str, str, str | None]]) -> Format:
    branches = dict.fromkeys(branch for slug, _, parent in topics for branch in (slug, parent) if branch)
    return Format(
        pk=one.pk, slug=one.slug, name=one.name, kind=one.kind, mode=tuple(one.mode), effort=one.effort,
        duration_min=one.duration_min, duration_max=one.duration_max, group_min=one.group_min, group_max=one.group_max,
        maturity=one.maturity, topics=tuple((slug, name) for slug, name, _ in topics), branches=tuple(branches),
    )  # fmt: skip


_kept: Kept[_Catalogue] = Kept(STAMPS, _Catalogue)


def lineage(profile: Format | FormatProfile) -> tuple[str, ...]:
    """Return the slug of a format, then of what it is a variant of, and so on up to the first."""
    origins = _kept.get().origins
    slugs, (_, pk) = [profile.slug], origins.get(profile.pk, ("", None))
    while pk in origins and origins[pk][0] not in slugs:
        slug, pk = origins[pk]
        slugs.append(slug)
    return tuple(slugs)


def lineage_of(slug: str) -> tuple[str, ...]:
    """Return the lineage of a published format by its slug; () when there is none."""
    found = _kept.get().by_slug.get(slug)
    return lineage(found) if found else ()


# -- the list -------------------------------------------------------------------------------------------------------
def _rows() -> Iterator[tuple[Any, ...]]:
    for one in catalogue():
        yield (
            one.pk, one.kind, one.mode, one.effort,
            words.bands(DURATIONS, one.duration_min, one.duration_max),
            words.bands(GROUPS, one.group_min, one.group_max),
            one.branches, one.maturity,
        )  # fmt: skip


profiles = FacetedList(
    STAMPS,
    _rows,
    (
        Facet("art", "Art", lambda: Kind.choices),
        Facet("modus", "Durchführung", lambda: Mode.choices),
        Facet("aufwand", "Aufwand", lambda: Effort.choices),
        Facet("dauer", "Dauer", lambda: words.band_choices(DURATIONS)),
        Facet("gruppe", "Gruppe", lambda: words.band_choices(GROUPS)),
        Facet("thema", "Thema", topics.choices),
        Facet("reife", "Reife", lambda: Maturity.choices),
    ),
)


def cards(pks: list[int]) -> list[SafeString]:
    """Return the index cards of these formats, in the order given."""
    drawn = _kept.get().cards
    return [drawn[pk] for pk in pks if pk in drawn]


# -- the table ------------------------------------------------------------------------------------------------------
def _ends(low: int | None, high: int | None) -> tuple[int, int] | None:
    """Sort by the beginning of a range, then by its end."""
    return None if low is None and high is None else (low or high or 0, high or low or 0)


# What the table can be sorted by; None is unknown and comes last in both directions.
ORDERS: dict[str, Callable[[Format], Any]] = {
    "name": lambda one: one.name.casefold(),
    "art": lambda one: Kind.values.index(one.kind),
    "durchfuehrung": lambda one: sorted(Mode.values.index(mode) for mode in one.mode) or None,
    "dauer": lambda one: _ends(one.duration_min, one.duration_max),
    "gruppe": lambda one: _ends(one.group_min, one.group_max),
    "aufwand": lambda one: Effort.values.index(one.effort) if one.effort else None,
    "reife": lambda one: None if one.maturity == Maturity.UNKNOWN else Maturity.values.index(one.maturity),
}


def table(order: str, *, descending: bool = False) -> list[FormatProfile]:
    """Return all published formats in an order of ORDERS, equal ones by name."""
    keyed = [(ORDERS[order](one), one.pk) for one in catalogue()]
    known = sorted((row for row in keyed if row[0] is not None), key=lambda row: row[0], reverse=descending)
    pks = [pk for _, pk in [*known, *(row for row in keyed if row[0] is None)]]
    found = FormatProfile.objects.defer("loaded_hash").in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


# -- one format -----------------------------------------------------------------------------------------------------
def published(slug: str) -> FormatProfile | None:
    """Return a published format, or None."""
    return FormatProfile.objects.published().filter(slug=slug).defer("loaded_hash").first()


def sheet(slug: str) -> Sheet | None:
    """Return a published format's Steckbrief as it is shown, or None; kept per process until a format changes."""
    found = _kept.get().sheet(slug)
    return found[0] if found else None


def around(slug: str) -> Around | None:
    """Return what stands around a published format's Steckbrief, or None; kept as the Steckbrief is."""
    found = _kept.get().sheet(slug)
    return found[1] if found else None


def around_of(profile: FormatProfile) -> Around:
    """Describe what stands around the Steckbrief of a format, saved or not."""
    origin, variants = None, []
    if profile.origin and profile.origin.live:
        town = profile.made_in.name if profile.made_in else ""
        origin = Relative(profile.origin.slug, profile.origin.name, profile.differs, town)
    if profile.pk:
        rows = FormatProfile.objects.published().filter(origin=profile.pk).order_by("name", "pk")
        variants = [Relative(*row) for row in rows.values_list("slug", "name", "differs", "made_in__name")]
    return Around(
        pk=profile.pk or 0, co_producers=tuple(profile.co_producers), office_minutes=profile.office_minutes,
        cost_eur=profile.cost_eur, changes=profile.told_changes, origin=origin, variants=tuple(variants),
        checklist=checklist_in_words(profile),
    )  # fmt: skip


def embedded(slug: str) -> Embedded | None:
    """Return what other websites show of a published format, or None."""
    found = sheet(slug)
    return embedded_of(found) if found else None


def checked(slug: str) -> date | None:
    """Return when a published format was last checked; None where nobody has noted it."""
    found = _kept.get().by_slug.get(slug)
    return checked_on(STAMP, found.pk) if found else None


def similar(slug: str) -> list[tuple[Format, str]]:
    """Return up to three formats like this one, each with what they share in words."""
    return _kept.get().similar(slug)


def most_alike(one: Format, others: Iterable[Format]) -> list[tuple[Format, str]]:
    """Compare one format with others: what they share counts, the same purpose (kind) twice."""
    scored = []
    for other in others:
        if other.slug == one.slug:
            continue
        shared = likeness(one, other)
        points = sum(weight for weight, _ in shared)
        if points >= 4:
            scored.append((-points, other.name, other, words.and_list([reason for _, reason in shared])))
    scored.sort(key=lambda found: found[:2])
    return [(other, reasons) for _, _, other, reasons in scored[:SIMILAR]]


def likeness(one: Format, other: Format) -> list[tuple[int, str]]:
    """Return what two formats share: a weight and a reason in words for each."""
    shared = []
    if one.kind == other.kind:
        shared.append((2, f"auch für {Kind(one.kind).label}"))
    if modes := [str(Mode(mode).label) for mode in one.mode if mode in other.mode]:
        shared.append((1, f"auch {words.or_list(modes)}"))
    if one.effort and one.effort == other.effort:
        shared.append((1, f"{Effort(one.effort).label}er Aufwand" if one.effort != Effort.HIGH else "hoher Aufwand"))
    if _overlap(one.duration_min, one.duration_max, other.duration_min, other.duration_max):
        shared.append((1, "ähnlich lang"))
    if _overlap(one.group_min, one.group_max, other.group_min, other.group_max):
        shared.append((1, "ähnlich große Gruppe"))
    return shared


def _overlap(low: int | None, high: int | None, other_low: int | None, other_high: int | None) -> bool:
    """Say whether two known ranges share at least half of the shorter one."""
    if low is None or high is None or other_low is None or other_high is None:
        return False
    shared = min(high, other_high) - max(low, other_low)
    return shared >= 0 and 2 * shared >= min(high - low, other_high - other_low)


def checklist_of(profile: FormatProfile, mode: str = "") -> list[tuple[str, int, str]]:
    """Return what is to be done for a run: title, day counted from the day itself (-14: two weeks before), role.

    A format without tasks of its own has those of all formats. With a mode, what belongs to another one is left out.
    """
    items = list(profile.checklist.values("title", "days", "role", "only_in"))
    if not items:
        first = lineage(profile)[-1]
        items = texts.usual_checklist(first, list(profile.mode))
    items = [item for item in items if mode in ("", Mode.HYBRID) or item["only_in"] in ("", mode)]
    return [(item["title"], item["days"], item["role"]) for item in sorted(items, key=lambda item: item["days"])]


def checklist_in_words(profile: FormatProfile) -> list[tuple[str, str, str]]:
    """Return the same as people read it: day, task, role."""
    return [(words.day_in_words(days), title, role) for title, days, role in checklist_of(profile)]


# -- elsewhere ------------------------------------------------------------------------------------------------------
def entries(found: QuerySet[FormatProfile]) -> Iterator[tuple[int, PublicEntry]]:
    """Describe formats for search, topic pages and the Wegweiser; three queries whatever their number."""
    for profile in found.prefetch_related("steps", "topics__parent"):
        topics = [one for topic in profile.topics.all() for one in (topic, topic.parent) if one]
        kind = str(Kind(profile.kind).label) if profile.kind in Kind.values else ""
        spoken = [ALSO_TYPED.get(value, "") for value in (profile.kind, *profile.mode)]
        facts = [fact(profile, key) for key in ("mode", "effort", "result", "tips", "piloted")]
        text = [
            *profile.target_groups, *profile.roles, *profile.tools, *(step.title for step in profile.steps.all()),
            *(one.text for one in facts if one.known), *profile.sources, *spoken,
        ]  # fmt: skip
        yield (
            profile.pk,
            PublicEntry(
                title=profile.name,
                url=profile.get_absolute_url(),
                summary=profile.purpose,
                label=f"Format · {kind}" if kind else "Format",
                topics=tuple(dict.fromkeys(topic.slug for topic in topics)),
                text="\n".join(line for line in text if line),
                verified=profile.maturity == Maturity.TRIED,
            ),
        )
