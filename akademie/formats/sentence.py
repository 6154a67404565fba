"""What a sentence says about a format: "Ich habe einen halben Tag, 12 Leute in 6 Städten, wenig Aufwand".

A few words and numbers, no more: what is not understood stays open, and the page says what was understood.
"""

from __future__ import annotations

import re

from akademie.formats.finder import EFFORT_HOURS, Wishes
from akademie.formats.words import Effort, Kind, Mode

MAX_SENTENCE = 300
MOST_PEOPLE, MOST_HOURS = 9999, 200.0
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "ein eine einen einer einem", "zwei zweit", "drei dritt", "vier viert", "fünf fünft", "sechs sechst",
         "sieben siebt", "acht acht", "neun", "zehn", "elf", "zwölf")
    )
    for word in words.split()
} | {"zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "hundert": 100}  # fmt: skip
NUMBER = rf"(\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+|\.\d{{1,2}})?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
UPTO = r"(?:ca\.? |etwa |rund |ungefähr |bis zu |höchstens |maximal )?"
PEOPLE = (
    r"(?:leute|personen|menschen|teilnehmer\w*|teilnehmend\w*|köpfe|kolleg\w+|bürgermeister\w*|beschäftigte\w*|"
    r"mitarbeit\w+|fachleute|gäste|person)"
)
TOWNS = r"(?:klein)?(?:städte\w*|orte\w*|kommunen|gemeinden|rathäuser\w*|stadt|kommune|gemeinde)"
WORK = r"(?:arbeit|aufwand|vorbereitung|arbeitszeit)"
MANY_TOWNS = 6


def understood(sentence: str) -> Wishes:
    """Return what a sentence says; nothing understood is no wish at all."""
    text = " ".join(re.sub(r"[^\w.,€-]+", " ", sentence[:MAX_SENTENCE].lower()).split())
    zeit, stunden = _time(text)
    return Wishes(
        zeit=zeit, stunden=stunden, personen=_people(text), staedte=_towns(text), wo=_place(text),
        aufwand=_effort(text), geld=_money(text), zweck=_purpose(text),
    )  # fmt: skip


def _number(word: str) -> float:
    """Return a number as people write it: zwölf, 12, 1.200, 1,5."""
    if word in NUMBERS:
        return float(NUMBERS[word])
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", word):
        return float(word.replace(".", ""))
    return float(word.replace(",", "."))


def _time(text: str) -> tuple[str, float | None]:
    hours = re.search(rf"{NUMBER}(?:-| )?(?:stunden?|std\.?|h)\b(?! (?:{WORK}))", text)
    if hours and 0 < _number(hours[1]) <= MOST_HOURS:
        exact = _number(hours[1])
        return ("stunde", None) if exact == 1 else ("", exact)
    minutes = re.search(rf"{NUMBER}(?:-| )?(?:minuten|min\.?)\b(?! (?:{WORK}))", text)
    if minutes and 0 < _number(minutes[1]) <= MOST_HOURS * 60:
        return "", round(_number(minutes[1]) / 60, 2)
    for pattern, value in (
        (r"\bhalb\w* tag|\bhalbtag|\bvormittag|\bnachmittag", "halber-tag"),
        (rf"\bmehrere\w* tag|\bwochenende|\b(?:{'|'.join(w for w, n in NUMBERS.items() if n > 1)}|[2-9]) tage?n?\b",
         "mehrere-tage"),
        (r"\bganz\w* tag|\bganztag|\b(?:ein|einen|einem|1) tag\b|\btagesveranstaltung", "ganzer-tag"),
    ):  # fmt: skip
        if re.search(pattern, text):
            return value, None
    if re.search(r"\babend", text):
        return "", 3.0
    return "", None


def _people(text: str) -> int | None:
    found = re.search(rf"\b{NUMBER} {PEOPLE}\b", text) or re.search(rf"\bzu {NUMBER}\b", text)
    found = found or re.search(rf"\bwir sind {UPTO}{NUMBER}\b", text)
    if found and 1 <= _number(found[1]) <= MOST_PEOPLE:
        return int(_number(found[1]))
    return 1 if re.search(r"\ballein\b|\balleine\b", text) else None


def _towns(text: str) -> str:
    if found := re.search(rf"\b{NUMBER} (?:\w+ )?{TOWNS}\b", text):
        count = _number(found[1])
        return "1" if count <= 1 else "2-5" if count < MANY_TOWNS else "6"
    if re.search(rf"\bviele\w* {TOWNS}\b", text):
        return "6"
    if re.search(rf"\b(?:mehrere\w*|einige\w*|ein paar) {TOWNS}\b", text):
        return "2-5"
    return ""


def _place(text: str) -> str:
    if re.search(r"\bhybrid|\bgemischt|\bteils teils", text):
        return str(Mode.HYBRID)
    on_line = r"(?:online|digital\w*|videokonferenz\w*|video|zoom)\b"
    on_site = r"(?:vor ort|präsenz\w*|persönlich|in einem raum|im rathaus)\b"
    says_not = r"\b(?:nicht|kein|keine|keinen|ohne) "
    site = bool(re.search(rf"\b{on_site}", text)) and not re.search(says_not + on_site, text)
    line = bool(re.search(rf"\b{on_line}", text)) and not re.search(says_not + on_line, text)
    if site != line:
        return str(Mode.ON_SITE if site else Mode.DIGITAL)
    if not site and re.search(says_not + on_line, text):
        return str(Mode.ON_SITE)
    return str(Mode.DIGITAL) if not site and re.search(says_not + on_site, text) else ""


def _effort(text: str) -> str:
    if found := re.search(rf"{NUMBER}(?:-| )?(?:stunden?|std\.?|h)\b {WORK}", text):
        hours = _number(found[1])
        return next((key for key, most in EFFORT_HOURS.items() if hours <= most), Effort.HIGH.value)
    for pattern, value in (
        (
            rf"\b(?:wenig|kaum|gering\w*|nicht viel|kein\w*|klein\w*|minimal\w*|ohne großen|ohne viel) {WORK}",
            Effort.LOW,
        ),
        (rf"\b(?:mittler\w*|etwas|mäßig\w*) {WORK}", Effort.MEDIUM),
        (rf"\b(?:viel|hoh\w*|groß\w*) {WORK}", Effort.HIGH),
    ):
        if re.search(pattern, text):
            return str(value)
    return ""


def _money(text: str) -> str:
    if found := re.search(rf"(?<!\d){NUMBER} ?(?:euro|€|eur)", text):
        return "etwas" if _number(found[1]) > 0 else "keins"
    if re.search(r"\b(?:kein|keine|ohne|null|wenig) (?:geld|budget|mittel|euro|kosten)\b|\bkostenlos|\bumsonst", text):
        return "keins"
    return "etwas" if re.search(r"\b(?:etwas|ein wenig|genug) (?:geld|budget)\b", text) else ""


def _purpose(text: str) -> str:
    for pattern, value in (
        (r"\baustausch\w*|\bvernetz\w*|\berfahrung\w* teilen", Kind.EXCHANGE),
        (r"\blernen|\bschulung|\bfortbildung|\bweiterbildung|\bwissen vermitteln", Kind.LEARNING),
        (r"\bberat\w+|\brat (?:holen|suchen)|\bhilfe bei", Kind.CONSULTING),
    ):
        if re.search(pattern, text):
            return str(value)
    return ""
