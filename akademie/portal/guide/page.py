"""The Wegweiser's page: the answer with its addresses, the first step, and the rules as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from akademie.formats.queries import catalogue, sheet
from akademie.portal.guide.answer import GuideAnswer, SuggestedTown, quoted
from akademie.portal.guide.sharing import code_address
from akademie.portal.guide.understanding import Match, rules
from akademie.topics import queries as topics


@dataclass(frozen=True)
class FirstStep:
    """What to do now: one sentence and one link."""

    text: str
    url: str
    link: str


def ask_address(answer: GuideAnswer | None, concern: str, **about: str) -> str:
    """Return the address of the question to the office, with what is known already."""
    town = {"stadt": answer.town.pk} if answer and answer.town else {}
    return "/austausch/frage/?" + urlencode({"anliegen": concern, **about, **town})


def first_step(answer: GuideAnswer, concern: str) -> FirstStep:
    """Return the one thing that matters now: a town to ask, else something to read, else a format.

    What only shares a wide topic stands on the page, but is nothing to begin with.
    """
    close = [one for one in answer.practices if one.is_close]
    if first := next((town for town in answer.towns if any(town.practice is one.entry for one in close)), None):
        text = f"Fragen Sie {first.town.name}, wie „{first.practice.title}“ begonnen hat."
        return FirstStep(text, _contact(answer, first, concern), "Die Geschäftsstelle stellt den Kontakt her")
    of_others = [one.entry for one in close if not one.only_own]
    if of_others:
        entry = of_others[0]
        return FirstStep("Lesen Sie, was eine andere Stadt gemacht hat:", entry.url, entry.title)
    if document := next((one.entry for one in answer.documents if one.is_close), None):
        return FirstStep("Beginnen Sie mit dieser Unterlage:", document.url, document.title)
    if answer.formats:
        entry = answer.formats[0].entry
        return FirstStep("Probieren Sie dieses Format:", entry.url, entry.title)
    return FirstStep("Beschreiben Sie uns Ihr Anliegen.", ask_address(answer, concern), "Frage stellen")


def _contact(answer: GuideAnswer, town: SuggestedTown, concern: str) -> str:
    return ask_address(answer, concern, praxis=town.practice.url.rstrip("/").rsplit("/", 1)[-1])


def page_context(answer: GuideAnswer, concern: str) -> dict[str, Any]:
    """Return what the page shows beside the answer itself."""
    return {
        "answer": answer,
        "step": first_step(answer, concern),
        "ask_url": ask_address(answer, concern),
        "more": {
            "practices": "/suche/?" + urlencode({"art": "praxis", "q": concern}),
            "documents": "/suche/?" + urlencode({"art": "bibliothek", "q": concern}),
            "towns": "/praxis/karte/?" + urlencode({"thema": answer.page.topic} if answer.page else {}),
        },
        "contacts": [(town, _contact(answer, town, concern)) for town in answer.towns],
        "figures": _figures(answer),
        "code_url": "" if answer.is_empty else code_address(concern, answer.town.pk if answer.town else ""),
        "topics": topics.choices() if answer.is_empty else (),
        "heard": [("Themen", _heard(answer.concern.topics)), ("Bedarf", _heard(answer.concern.needs))],
    }


def _heard(matches: list[Match]) -> str:
    """Return what the words pointed to, with the words."""
    return "; ".join(f"{match.title} (wegen {quoted(match.words)})" for match in matches)


def _figures(answer: GuideAnswer) -> list[tuple[str, str]]:
    """Return the four figures of the format that fits best."""
    found = sheet(answer.formats[0].format.slug) if answer.formats else None
    return [(figure.label, figure.text) for figure in found.figures] if found else []


def rules_as_read() -> list[dict[str, Any]]:
    """Return the needs with the formats' names and addresses, the best format first."""
    names = {one.slug: one.name for one in catalogue()}
    return [
        {
            "title": need["title"],
            "words": need["words"],
            "formats": [
                (f"/formate/{slug}/", names[slug])
                for slug in sorted(need["formats"], key=lambda slug: -need["formats"][slug])
                if slug in names
            ],
        }
        for need in rules()["need"]
    ]
