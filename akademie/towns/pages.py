"""What the pages about towns show, gathered from the register and from what other areas make public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from akademie.core.charts import Chart, columns
from akademie.core.contributions import page_panels
from akademie.core.documents import page_code
from akademie.core.maps import Point
from akademie.core.stamps import Kept
from akademie.towns import open_data, queries
from akademie.towns.models import FigureSource, Location, SmallTown, Town, Trend
from akademie.towns.queries import Group, Row, Selected, Standing, number, register
from akademie.towns.silhouette import silhouette

UNKNOWN = "nicht dokumentiert"
SUGGESTED = 12  # towns on the page for an address that is none
MEANING_OF_SMALL = {
    "bbsr": "ja, nach der Einteilung des BBSR von 2015",
    "size": "ja, nach der Einwohnerzahl; das BBSR stufte 2015 anders ein",
    "rights": "ja, nach Stadtrecht; unter 5.000 Einwohner, ohne Einstufung als Kleinstadt durch das BBSR",
    "office": "ja, nach eigener Angabe",
    "": "hier nicht als Kleinstadt gezählt; mitmachen kann sie trotzdem",
}
ASSOCIATIONS = {
    "VG": "Verbandsgemeinde",
    "VGem": "Verwaltungsgemeinschaft",
    "Amt": "Amt",
    "SG": "Samtgemeinde",
    "VV": "Verwaltungsverband",
    "EG": "Erfüllende Gemeinde",
    "KLG": "Kirchspielslandgemeinde",
}
NO_SOURCE = FigureSource(title=UNKNOWN, as_of="", attribution="")


# -- the list and the map ---------------------------------------------------------------------------------------------
def listing(parameters: QueryDict) -> dict[str, Any]:
    """Answer an address of the list: the selection, what was typed, and what the page says about both."""
    found = queries.selected(parameters)
    return {
        "found": found,
        "selection": found.selection,
        "rows": rows(found.rows),
        "all_query": _query(parameters, umfang="alle", kleinstadt=""),
        "small_query": _query(parameters, umfang="", kleinstadt=""),
        "data_query": _data_query(parameters, found),
        "total": queries.towns_list.count(),
    }


def _query(parameters: QueryDict, **changed: str) -> str:
    rest = parameters.copy()
    for key in ("seite", *changed):
        rest.pop(key, None)
    for key, value in changed.items():
        if value:
            rest[key] = value
    return rest.urlencode()


def _data_query(parameters: QueryDict, found: Selected) -> str:
    """Return the same selection for machines, who do not get small towns unless they ask for them."""
    rest = parameters.copy()
    for key in ("seite", "umfang"):
        rest.pop(key, None)
    if found.default:
        rest.setlist("kleinstadt", SmallTown.values)
    return rest.urlencode()


def rows(towns: Sequence[Row]) -> SafeString:
    """Return the list's entries; straight from the kept register, without a query."""
    active = queries.activity(towns)
    return format_html_join(
        "",
        '<li><div class="ak-ground">{}</div><div><h3><a href="/staedte/{}/">{}</a></h3>'
        '<p class="ak-note">{}</p><p>{}</p></div></li>',
        ((silhouette(row, active[row.ags]), row.ags, with_second_name(row), row.place, _traits(row)) for row in towns),
    )


def with_second_name(town: Row | Town) -> str:
    """Return both official names: Weißwasser/O.L. / Běła Woda."""
    return f"{town.name} / {town.name_alt}" if town.name_alt else town.name


def _traits(row: Row) -> str:
    traits = [f"{number(row.population)} Einwohner", f"{Location(row.location).label} gelegen"]
    if row.trend:
        traits.append(str(Trend(row.trend).label))
    return ", ".join(traits)


def points(found: Selected) -> list[Point]:
    """Return the places of all municipalities of a selection, for the map."""
    return [
        Point(
            title=row.name,
            url=row.url,
            lat=row.lat,
            lon=row.lon,
            label=f"{row.district_name}, {number(row.population)} Einwohner",
        )
        for row in found.every
    ]


# -- the profile ------------------------------------------------------------------------------------------------------
class Figure(NamedTuple):
    """One figure of the profile with its source."""

    label: str
    value: str
    source: FigureSource
    note: str = ""


def figures(town: Town | Row) -> list[Figure]:
    """Return the figures of a profile; an unknown one says so."""
    sources = register().sources
    taken, people, change, reach, bbsr = (
        sources.get(key, NO_SOURCE) for key in ("register", "population", "change", "reach", "bbsr_type")
    )
    association = f"{ASSOCIATIONS.get(town.association_kind, town.association_kind)} {town.association}"
    return [
        Figure("Einwohner", number(town.population), people, "Grundlage Zensus 2022"),
        Figure("Entwicklung 2013 bis 2023", change_in_words(town), change, "heutiges Gebiet, Grundlage Zensus 2011"),
        Figure("Fläche", f"{decimal(town.area_km2)} km²", people),
        Figure("Einwohner je km²", number(town.people_per_km2), people),
        Figure(
            "Lage (eigene Einschätzung)",
            str(Location(town.location).label),
            reach,
            "nach den Einwohnern im Umkreis von 50 km, ohne Nachbarländer; nicht der Lagetyp des BBSR",
        ),
        Figure("Einwohner im Umkreis von 50 km", f"{number(town.pop_50km_k)} Tausend", reach, "nur in Deutschland"),
        Figure(
            "Weg zur nächsten Großstadt", f"{town.km_to_city} km", reach, "Luftlinie von Gebietsmitte zu Gebietsmitte"
        ),
        Figure("Stadt- und Gemeindetyp 2015", town.bbsr_type or UNKNOWN, bbsr, "für den ganzen Gemeindeverband"),
        Figure("Kleinstadt", MEANING_OF_SMALL[town.small_town], taken, "eigene Zuordnung"),
        Figure("Gemeindeverband", association if town.association else "keiner mit mehreren Mitgliedern", taken),
        Figure("Postleitzahl der Verwaltung", town.postal_code, taken),
        Figure("Gemeindeschlüssel (AGS)", town.ags, taken),
    ]


# Labels and sources are the same on all profiles; escaping them once saves half of the table's time.
_escaped = lru_cache(maxsize=256)(escape)


def figure_rows(found: Iterable[Figure]) -> SafeString:
    """Return the lines of the table of figures."""
    return mark_safe("".join(map(_figure_row, found)))


def _figure_row(one: Figure) -> str:
    origin = "; ".join(filter(None, (str(one.source).strip(", "), one.note)))
    return (
        f'<tr><th scope="row">{_escaped(one.label)}</th><td>{escape(one.value)}</td>'
        f'<td class="ak-note">{_escaped(origin)}</td></tr>'
    )


def decimal(value: Any) -> str:
    """Return a number with decimals as Germans write it."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def change_in_words(town: Town | Row) -> str:
    """Return the development with sign and word, or that nobody knows it."""
    if town.pop_change_pct is None:
        return UNKNOWN
    text = f"{town.pop_change_pct:+.1f} %".replace(".", ",").replace("-", "−")
    return f"{text} ({Trend(town.trend).label})" if town.trend else text


def similar_rows(found: Sequence[tuple[Row, tuple[str, ...]]]) -> SafeString:
    """Return towns like the one shown, each with the reasons."""
    active = queries.activity([row for row, _reasons in found])
    return format_html_join(
        "",
        '<li><div class="ak-ground">{}</div><div><p><a href="/staedte/{}/"><b>{}</b></a></p>'
        '<p class="ak-note">{}</p></div></li>',
        (
            (silhouette(row, active[row.ags]), row.ags, with_second_name(row), "; ".join(reasons))
            for row, reasons in found
        ),
    )


_drawn: Kept[dict[tuple[Group, str, str], SafeString]] = Kept(queries.STAMP, dict)


def charts(town: Town | Row, group: Group | None) -> SafeString:
    """Return where the town stands among its like; drawn once for all towns of the same group and classes."""
    if group is None:
        return SafeString("")
    standings = queries.standing_of(town, group)
    drawn = _drawn.get()
    key = (group, standings[0].own, standings[1].own)
    if key not in drawn:
        drawn[key] = render_to_string("towns/public/_charts.html", {"charts": _charts(*standings)})
    return drawn[key]


def _charts(change: Standing, distance: Standing) -> list[Chart]:
    sources = register().sources
    of_change, of_reach = sources.get("change", NO_SOURCE), sources.get("reach", NO_SOURCE)
    return [
        columns(
            "Entwicklung der Einwohnerzahl 2013 bis 2023 in Prozent",
            list(change.rows),
            own=change.own,
            first="Veränderung in Prozent",
            second="Anzahl",
            source=of_change.title,
            as_of=of_change.as_of,
        ),
        columns(
            "Weg zur nächsten Großstadt in Kilometern",
            list(distance.rows),
            own=distance.own,
            first="Kilometer Luftlinie",
            second="Anzahl",
            source=of_reach.title,
            as_of=of_reach.as_of,
        ),
    ]


def profile(request: HttpRequest, town: Town | Row) -> dict[str, Any]:
    """Return what a profile shows."""
    group = queries.group_of(town)
    panels = [(panel.template, panel.context(request, town)) for panel in page_panels if panel.page == "town"]
    rank, of, median = queries.rank_in_state(town)
    own = request.COOKIES.get(queries.OWN_TOWN_COOKIE, "")
    return {
        "town": town,
        "name": town.name,  # by themselves, because a template is slow in finding them in a row
        "ags": town.ags,
        "title": with_second_name(town),
        "label": town.designation or town.kind,
        "headline": [
            ("Einwohner", number(town.population)),
            ("seit 2013", change_in_words(town)),
            ("Lage", f"{Location(town.location).label} (eigene Einschätzung)"),
            ("zur Großstadt", f"{town.km_to_city} km"),
        ],
        "figures": figure_rows(figures(town)),
        "group": group,
        "charts": charts(town, group),
        "rank": rank if town.small_town else 0,
        "rank_of": of,
        "median": number(median),
        "similar": similar_rows(queries.similar_towns(town)),
        "things": queries.public_things(town.ags, request.user),
        "activity": queries.activity([town])[town.ags],
        "panels": [(template, context) for template, context in panels if context is not None],
        "attributions": [source.attribution for source in register().sources.values() if source.attribution],
        "is_own": own == town.ags,
        "json_ld": open_data.json_ld_of(town),
        "code": page_code(town.get_absolute_url()),
    }


# -- an address that is no town ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Guess:
    """What somebody may have meant by an address: one town for sure, or some to choose from."""

    sure: Row | None
    sentence: str
    towns: list[Row]


def guess(typed: str) -> Guess:
    """Return what an address that is no key may mean: a lost zero, a district, a postal code, a name."""
    kept = register()
    typed = typed.strip()
    if row := kept.by_ags.get(queries.key_of(typed)):
        return Guess(row, "", [])
    if typed.isascii() and typed.isdigit():
        towns = kept.find(typed)
        sentence = f"Ein Gemeindeschlüssel hat acht Ziffern, „{typed[:20]}“ hat {len(typed)}."
        if len(typed) == 8:
            towns, sentence = [], f"Den Gemeindeschlüssel {typed} gibt es nicht oder nicht mehr."
        elif len(typed) == 5 and not towns:
            towns = [row for row in kept.rows if row.ags.startswith(typed)]
            if towns:
                sentence = f"{typed} ist der Schlüssel eines Kreises: {towns[0].district_name}."
        elif towns:
            sentence = f"{typed} ist (der Anfang) einer Postleitzahl."
        return Guess(None, sentence, (towns or kept.near(typed[:5]))[:SUGGESTED])
    name = typed.replace("-", " ").replace("_", " ")
    towns = kept.find(typed) or kept.find(name)
    exact = [row for row in towns if queries.fold(row.name) == queries.fold(name)]
    if len(exact) == 1:
        return Guess(exact[0], "", [])
    return Guess(None, "", (towns or kept.near(name))[:SUGGESTED])
