"""What the pages about towns show, gathered from the register and from what other areas make public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from akademie.core.contributions import PublicEntry, PublicKind, page_panels, public_kinds
from akademie.core.forms import clean_text
from akademie.core.maps import Point
from akademie.towns.models import Location, Town, Trend
from akademie.towns.queries import MAX_TYPED, STAMP, Row, number, rank_in_state, register, similar_towns, towns_list

ALL = "alle"  # ?umfang=alle: not only small towns
SMALL_TOWNS = ("bbsr", "size", "rights")
ORDERS = (("", "nach Name"), ("einwohner", "nach Einwohnerzahl"))
SHOWN_PER_KIND = 5
REGISTER = "Gemeindeverzeichnis, Gebietsstand 30.11.2025"
MEANING_OF_SMALL = {
    "bbsr": "Kleinstadt nach der Einteilung des BBSR (2015)",
    "size": "5.000 bis unter 20.000 Einwohner, in der Einteilung des BBSR von 2015 aber anders eingestuft",
    "rights": "Stadtrecht, unter 5.000 Einwohner; ob sie als Kleinstadt zählt, entscheidet ihre Aufgabe für das Umland",
    "": "zählt in dieser Liste nicht als Kleinstadt; mitmachen kann sie trotzdem",
}


def listing(parameters: QueryDict) -> dict[str, Any]:
    """Answer an address of the list: the selection, what was typed, and names nearby when nothing was found."""
    typed = clean_text(parameters.get("q", ""), MAX_TYPED)
    everything = parameters.get("umfang") == ALL or bool(parameters.getlist("kleinstadt"))
    narrowed = parameters
    found = register().found(typed) if typed else None
    small = [ags for ags in found if register().by_ags[ags].small_town] if found is not None else None
    hidden = 0
    if not everything and not (typed and not small):
        # A name that only a larger or smaller place has finds that place: the flag is a default, not a gate.
        narrowed = parameters.copy()
        narrowed.setlist("kleinstadt", list(SMALL_TOWNS))
        hidden = len(found) - len(small) if found is not None and small is not None else 0
    selection = towns_list.select(narrowed, only=found, order=parameters.get("sortieren", ""))
    selection.query = _query(parameters)
    return {
        "selection": selection,
        "found": towns_list.every(narrowed, found),
        "typed": typed,
        "only_small": narrowed is not parameters,
        "hidden": hidden,
        "near": register().near(typed) if typed and not selection.page.count else [],
        "orders": ORDERS,
        "all_query": _query(parameters, umfang=ALL),
        "small_query": _query(parameters, umfang=""),
        "total": towns_list.count(),
    }


def _query(parameters: QueryDict, **changed: str) -> str:
    rest = parameters.copy()
    for key in ("seite", *changed):
        rest.pop(key, None)
    for key, value in changed.items():
        if value:
            rest[key] = value
    return rest.urlencode()


def rows(pks: Sequence[str]) -> SafeString:
    """Return the list's entries; straight from the kept register, without a query."""
    kept = register().by_ags
    return format_html_join(
        "",
        '<li><h3><a href="/staedte/{}/">{}</a></h3><p class="ak-note">{}, {}; {} Einwohner; {}</p></li>',
        (
            (row.ags, row.name, row.district, row.state, number(row.population), _traits(row))
            for row in (kept[pk] for pk in pks)
        ),
    )


def _traits(row: Row) -> str:
    traits = [str(Location(row.location).label)]
    if row.trend:
        traits.append(str(Trend(row.trend).label))
    return ", ".join(traits)


def points(pks: Iterable[str]) -> list[Point]:
    """Return the places of towns on the map."""
    places = {ags: (lat, lon) for ags, lat, lon in Town.objects.values_list("pk", "lat", "lon")}
    kept = register().by_ags
    return [
        Point(
            title=kept[ags].name,
            url=f"/staedte/{ags}/",
            lat=places[ags][0],
            lon=places[ags][1],
            label=f"{kept[ags].district}, {number(kept[ags].population)} Einwohner",
        )
        for ags in pks
        if ags in places
    ]


@dataclass(frozen=True)
class Figure:
    """One figure of the profile with its source and its day."""

    label: str
    value: str
    source: str
    note: str = ""


def figures(town: Town) -> list[Figure]:
    """Return the figures of a profile; an unknown one says so."""
    own = "eigene Berechnung aus dem Gemeindeverzeichnis"
    change = "nicht dokumentiert"
    if town.pop_change_pct is not None:
        change = f"{town.pop_change_pct:+.1f} %".replace(".", ",").replace("-", "−")
        change += f" ({Trend(town.trend).label})" if town.trend else ""
    association = f"{town.association} ({town.association_kind})" if town.association else "keiner"
    return [
        Figure("Einwohner", number(town.population), "Gemeindeverzeichnis, 31.12.2024"),
        Figure("Entwicklung 2013 bis 2023", change, own, "auf heutigem Gebiet, Basis Zensus 2011"),
        Figure("Fläche", f"{town.area_km2} km²".replace(".", ","), "Gemeindeverzeichnis, 31.12.2024"),
        Figure("Einwohner je km²", number(town.people_per_km2), own),
        Figure(
            "Lage", str(Location(town.location).label), own, "nach Einwohnern im Umkreis, nicht der Lagetyp des BBSR"
        ),
        Figure("Einwohner im Umkreis von 50 km", f"{number(town.pop_50km_k)}.000", own, "Luftlinie, nur Deutschland"),
        Figure("Zur nächsten Großstadt", f"{town.km_to_city} km", own, "Luftlinie zwischen den Gebietsmitten"),
        Figure("Stadt- und Gemeindetyp 2015", town.bbsr_type or "nicht dokumentiert", "BBSR, 31.12.2015"),
        Figure("Kleinstadt?", MEANING_OF_SMALL[town.small_town], "siehe Datenquellen"),
        Figure("Gemeindeverband", association, REGISTER),
        Figure("Postleitzahl der Verwaltung", town.postal_code, REGISTER),
        Figure("Gemeindeschlüssel (AGS)", town.ags, REGISTER),
    ]


@dataclass(frozen=True)
class Shelf:
    """What one area has of a town."""

    kind: PublicKind
    entries: list[PublicEntry]


def shelves(town: Town, user: Any) -> list[Shelf]:
    """Return what the academy has of a town, area by area; two queries for each."""
    found = []
    for kind in public_kinds:
        if kind.town_lookup and kind.key != STAMP:
            visible = kind.visible_to(user).filter(**{kind.town_lookup: town.pk}).order_by("-pk")[:SHOWN_PER_KIND]
            entries = [entry for _pk, entry in kind.entries(visible)]
            if entries:
                found.append(Shelf(kind, entries))
    return found


def profile(request: HttpRequest, town: Town, own: Town | None) -> dict[str, Any]:
    """Return what a profile shows."""
    found = shelves(town, request.user)
    panels = [(panel.template, panel.context(request, town)) for panel in page_panels if panel.page == "town"]
    place, of, median = rank_in_state(town)
    return {
        "town": town,
        "figures": figures(town),
        "similar": similar_towns(town),
        "shelves": found,
        "activity": sum(len(shelf.entries) for shelf in found),
        "panels": [(template, context) for template, context in panels if context is not None],
        "rank": place if town.small_town else 0,
        "rank_of": of,
        "median": number(median),
        "strip": strip(town, median) if of else "",
        "own": own,
        "is_own": bool(own and own.pk == town.pk),
    }


def strip(town: Town, median: int) -> SafeString:
    """Return a small drawing: where the town lies among small towns from 0 to 20,000 inhabitants."""
    width, most = 600, 20_000

    def at(value: int) -> int:
        return round(min(value, most) / most * (width - 20)) + 10

    ticks = format_html_join("", '<path class="axis" d="M{} 26v12"/>', ((at(v),) for v in (0, 5_000, 10_000, 20_000)))
    labels = format_html_join(
        "", '<text x="{}" y="56" text-anchor="{}">{}</text>',
        ((at(v), anchor, label) for v, anchor, label in (
            (0, "start", "0"), (5_000, "middle", "5.000"), (10_000, "middle", "10.000"), (20_000, "end", "20.000"))),
    )  # fmt: skip
    return format_html(
        '<svg viewBox="0 0 {} 62" role="img" aria-label="{} hat {} Einwohner, die mittlere Kleinstadt im Land {}.">'
        '<path class="axis" d="M10 32H{}"/>{}{}<path class="bar" d="M{} 20h4v24h-4z"/><circle class="bar--own" cx="{}" cy="32" r="8"/></svg>',
        width, town.name, number(town.population), number(median), width - 10, ticks, labels, at(median) - 2,
        at(town.population),
    )  # fmt: skip
