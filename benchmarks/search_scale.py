"""Cost of the whole engine path at scale: generated documents of small-town German, each query run once."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from akademie.search.analysis import data_lines, german_lexicon, own_words
from akademie.search.engine import Document, Query, TantivyEngine, highlight_html


def _listed(text: str) -> list[str]:
    return text.split()


SEED = 20251130
VISIBLE = ("public", "town:12", "group:7", "user:5")
FACETS = ("kind", "topic", "state", "size", "year")
HEADS = _listed(
    """
    Stadt Innenstadt Bürger Leerstand Verkehr Jugend Senioren Wohnen Energie Klima Wasser Schule Verein Markt
    Dorf Gewerbe Handel Kultur Bahnhof Rathaus Denkmal Friedhof Spielplatz Feuerwehr Radweg Bus Pflege Arzt
    Gesundheit Haushalt Förderung Glasfaser Daten Quartier Brache Tourismus Sport Bücherei Museum Wald Grün
    Straße Platz Haus
    """
)
TAILS = _listed(
    """
    Konzept Management Beteiligung Planung Entwicklung Förderung Netz Zentrum Werkstatt Beirat Projekt Programm
    Verwaltung Sanierung Nutzung Beratung Gestaltung Genossenschaft Strategie Karte Börse Fonds Tag Dienst
    Angebot Mangel Schutz Anlage Ausbau Umbau Initiative Treffpunkt Bericht Leitfaden Satzung Bedarf
    """
)
VERBS = _listed(
    """
    fördert gestaltet plant beteiligt saniert entwickelt berät sichert belebt verbindet prüft erweitert beruhigt
    versorgt begleitet finanziert untersucht öffnet vernetzt stärkt
    """
)
ADJECTIVES = _listed(
    """
    kommunale ländliche digitale nachhaltige barrierefreie leere neue gemeinsame soziale regionale
    klimafreundliche ehrenamtliche bezahlbare öffentliche integrierte historische junge ältere flexible sichere
    """
)
SYLLABLES = _listed(
    """
    ba be bo da de do fa fe ga ge ha he ka ke ko la le lo ma me mo na ne pa ra re ro sa se ta te wa wi
    """
)


def generated(count: int) -> Iterator[Document]:
    """Yield documents of some 900 characters: the domain's words among 20,000 others, all with Zipf-like use.

    A fifth of the content words are the domain's, so its common ones stand in a tenth to a third of all documents.
    """
    source = random.Random(SEED)
    names = ["".join(source.choices(SYLLABLES, k=3)).capitalize() + "stadt" for _ in range(5_000)]
    common = sorted(german_lexicon().splitter.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    others = [word.capitalize() for word, _count in common[:60_000:3]]
    domain = [*HEADS, *TAILS, *(head + tail.lower() for head in HEADS for tail in TAILS)]
    source.shuffle(others)
    source.shuffle(domain)
    other_weights = list(accumulate(1 / (rank + 20) for rank in range(len(others))))
    domain_weights = list(accumulate(1 / (rank + 20) for rank in range(len(domain))))
    for number in range(count):
        rest = source.choices(others, cum_weights=other_weights, k=36)
        own = source.choices(domain, cum_weights=domain_weights, k=8)
        name = source.choice(names)
        text = " ".join(
            f"Die {source.choice(ADJECTIVES) if i < 3 else rest[i].lower()} {own[i] if i < 6 else rest[12 + i]} "
            f"in {name} {source.choice(VERBS) if i < 3 else 'wird'} für {rest[24 + i]}, das ist so und nicht anders."
            for i in range(12)
        )
        yield Document(
            id=f"page:{number}",
            kind=source.choice(("library", "practice", "news", "format", "town")),
            title=f"{own[6]} und {own[7]} in {name}",
            text=text,
            facets={
                "topic": tuple({f"thema-{source.randrange(14)}" for _ in range(2)}),
                "state": (f"land-{source.randrange(16)}",),
                "size": (f"groesse-{source.randrange(4)}",),
                "year": (str(source.randrange(2010, 2026)),),
            },
            visible_to=("public",) if number % 50 else ("group:7",),
            on=date(2010, 1, 1) + timedelta(days=source.randrange(5_700)),
            ages=number % 5 == 0,
            verified=number % 10 == 0,
        )


def _queries(count: int) -> list[tuple[str, str]]:
    """Single words, compounds, two words, phrases, typos, beginnings, synonyms, and long questions."""
    source = random.Random(SEED + 1)
    synonyms = [line.split(",")[0].split("=>")[0].strip() for line in data_lines("synonyms_de.txt")]
    queries = []
    for number in range(count):
        head, tail = source.choice(HEADS), source.choice(TAILS)
        compound = head + tail.lower()
        hole = source.randrange(2, len(compound) - 2)
        queries.append(
            (
                ("word", head),
                ("compound", compound),
                ("two words", f"{tail} {source.choice(HEADS)}"),
                ("filter", f"{head} {tail} jahr:{source.randrange(2010, 2026)} -{source.choice(TAILS)}"),
                ("typo", compound[:hole] + compound[hole + 1 :]),
                ("prefix", compound[: source.randrange(4, len(compound))]),
                ("synonym", source.choice(synonyms)),
                (
                    "question",
                    f"Wie können wir {source.choice(ADJECTIVES)} {head} und {source.choice(HEADS)} in der {compound} "
                    f"besser {source.choice(VERBS)}, wenn {source.choice(TAILS)} und Geld fehlen?",
                ),
            )[number % 8]
        )
    source.shuffle(queries)
    return queries


def run_scale(count: int, searches: int = 800) -> dict[str, Any]:
    """Index `count` documents, run the queries once each, and report CPU milliseconds (and wall) of the whole path."""
    documents = list(generated(count))
    texts = {document.id: document.text for document in documents}
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        started = time.process_time()
        generation = engine.new_generation(own_words((d.title for d in documents), (d.text for d in documents[:5_000])))
        generation.upsert(documents)
        generation.commit(1)
        engine.swap(generation)
        built = time.process_time() - started
        del documents
        print(f"{count} documents indexed in {built:.0f} s CPU", file=sys.stderr)
        rows = [_one(engine, kind, text, texts) for kind, text in [("warm", "Rathaus"), *_queries(searches)]][1:]
        # a commit between searches, as in operation
        engine.upsert(list(generated(1)))
        before = time.process_time()
        engine.commit(2)
        committed = (time.process_time() - before) * 1000
        engine.close()
    result: dict[str, Any] = {"documents": count, "index_cpu_s": round(built, 1), "commit_cpu_ms": round(committed, 1)}
    result |= _summary(rows)
    result["by_kind"] = {kind: _summary([r for r in rows if r[0] == kind]) for kind in sorted({r[0] for r in rows})}
    return result


def _one(engine: TantivyEngine, kind: str, text: str, texts: dict[str, str]) -> tuple[str, float, float, int]:
    cpu, wall = time.process_time(), time.perf_counter()
    hits = engine.search(Query(text=text, visible_to=VISIBLE, facets=FACETS, limit=10))
    for hit in hits.hits:
        highlight_html(texts[hit.id], hits.plan)
    return kind, (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, hits.total


def _summary(rows: list[tuple[str, float, float, int]]) -> dict[str, Any]:
    cpu = statistics.quantiles([row[1] for row in rows], n=100)
    wall = statistics.quantiles([row[2] for row in rows], n=100)
    return {
        "searches": len(rows),
        "cpu_ms_p50": round(cpu[49], 2),
        "cpu_ms_p95": round(cpu[94], 2),
        "cpu_ms_p99": round(cpu[98], 2),
        "wall_ms_p50": round(wall[49], 2),
        "wall_ms_p95": round(wall[94], 2),
        "hits_median": statistics.median(row[3] for row in rows),
    }
