"""Quality and cost of the search engine, without Django and without a database.

    .venv/bin/python benchmarks/search.py --docs docs.jsonl.gz --queries queries.jsonl --qrels qrels.tsv
    .venv/bin/python benchmarks/search.py --probes probes.json
    .venv/bin/python benchmarks/search.py --probes probes.json --names data/municipalities.csv
    .venv/bin/python benchmarks/search.py --scale 100000

Documents: one JSON a line {id, title, body}, plain or gzipped. Queries: {id, text}. Judgements: query, document,
relevance, separated by tabs. Probes: {docs: [{id, title, body}], probes: [{id, kind, query, doc}]}. Prints JSON:
MRR@10, nDCG@10, recall@10, CPU milliseconds per query. `--names FILE` puts thousands of names between the documents of
the probes: a CSV file with the columns name, district and state. `--scale N` generates N documents and measures the
whole path: analysis, correction, synonyms, ranked query, visibility, facet counts, ten excerpts.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from akademie.search.analysis import own_words  # noqa: E402
from akademie.search.engine import Document, Query, TantivyEngine  # noqa: E402

DEPTH = 10
Judgements = Mapping[str, Mapping[str, float]]


def measures(found: list[str], relevant: Mapping[str, float]) -> tuple[float, float, float]:
    """Reciprocal rank, nDCG and recall of the first ten."""
    gains = [relevant.get(document, 0.0) for document in found[:DEPTH]]
    reciprocal = next((1 / (place + 1) for place, gain in enumerate(gains) if gain > 0), 0.0)
    best = sorted((gain for gain in relevant.values() if gain > 0), reverse=True)[:DEPTH]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
    gained = sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
    return reciprocal, gained / ideal, sum(gain > 0 for gain in gains) / len(best)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def build(documents: list[Document], folder: Path) -> TantivyEngine:
    """Index the documents as the product does: own words first, then everything in one generation."""
    engine = TantivyEngine(folder)
    texts = [document for document in documents if not document.is_name]
    own = own_words((document.title for document in texts), (document.text for document in texts))
    generation = engine.new_generation(own)
    generation.upsert(documents)
    generation.commit(len(documents))
    engine.swap(generation)
    return engine


def judge(engine: TantivyEngine, queries: Mapping[str, str], judgements: Judgements) -> dict[str, Any]:
    """Mean measures over all judged queries, and their cost."""
    rows, cpu = {}, []
    engine.search(Query(text="aufwärmen"))
    for key, text in queries.items():
        if not any(gain > 0 for gain in judgements.get(key, {}).values()):
            continue
        started = time.process_time()
        hits = engine.search(Query(text=text, limit=DEPTH))
        cpu.append((time.process_time() - started) * 1000)
        rows[key] = measures([hit.id for hit in hits.hits], judgements[key])
    return {**_means(rows.values()), "queries": len(rows), **_cost(cpu), "per_query": rows}


def _means(rows: Iterable[tuple[float, float, float]]) -> dict[str, float]:
    columns = list(zip(*rows, strict=True))
    return {
        name: round(sum(c) / len(c), 4) for name, c in zip(("mrr@10", "ndcg@10", "recall@10"), columns, strict=True)
    }


def _cost(cpu: list[float]) -> dict[str, float]:
    return {"cpu_ms_p50": round(percentile(cpu, 0.5), 3), "cpu_ms_p95": round(percentile(cpu, 0.95), 3)}


def run_collection(docs: Path, queries: Path, qrels: Path) -> dict[str, Any]:
    """Judge a collection of three files."""
    documents = [_document(row) for row in _json_lines(docs)]
    judgements: dict[str, dict[str, float]] = defaultdict(dict)
    for line in qrels.read_text(encoding="utf-8").splitlines():
        if line.strip():
            query, document, gain = line.split("\t")[:3]
            judgements[query][document] = float(gain)
    texts = {str(row["id"]): row["text"] for row in _json_lines(queries)}
    with tempfile.TemporaryDirectory() as folder:
        result = judge(build(documents, Path(folder)), texts, judgements)
    del result["per_query"]
    return {"documents": len(documents), **result}


def run_probes(path: Path, names: Path | None = None) -> dict[str, Any]:
    """Judge a file of probes, among names if some are given; also by kind."""
    content = json.loads(path.read_text(encoding="utf-8"))
    documents = [_document(row) for row in content["docs"]] + (_names(names) if names else [])
    queries = {probe["id"]: probe["query"] for probe in content["probes"]}
    judgements = {probe["id"]: {probe["doc"]: 1.0} for probe in content["probes"]}
    with tempfile.TemporaryDirectory() as folder:
        result = judge(build(documents, Path(folder)), queries, judgements)
    rows = result.pop("per_query")
    kinds: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for probe in content["probes"]:
        kinds[probe["kind"]].append(rows[probe["id"]])
    by_kind = {kind: {"probes": len(found), **_means(found)} for kind, found in kinds.items()}
    misses = [f"{p['query']} [{p['kind']}]" for p in content["probes"] if rows[p["id"]][0] < 1 / 3]
    return {"documents": len(documents), **result, "by_kind": by_kind, "not_in_first_three": misses}


def _document(row: Mapping[str, str]) -> Document:
    return Document(id=str(row["id"]), kind="page", title=row["title"], text=row["body"])


def _names(path: Path) -> list[Document]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Document(
            id=f"#{number}", kind="name", title=row["name"], text=f"{row['district']} {row['state']}", is_name=True
        )
        for number, row in enumerate(rows)
    ]


def _json_lines(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def main() -> None:
    """Read the arguments, run what they ask for, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("docs", "queries", "qrels", "probes", "names"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--scale", type=int, nargs="?", const=100_000, metavar="N")
    arguments = parser.parse_args()
    result: dict[str, Any] = {}
    if arguments.docs and arguments.queries and arguments.qrels:
        result["collection"] = run_collection(arguments.docs, arguments.queries, arguments.qrels)
    elif arguments.docs or arguments.queries or arguments.qrels:
        parser.error("--docs, --queries and --qrels belong together")
    if arguments.probes:
        result["probes"] = run_probes(arguments.probes, arguments.names)
    if arguments.scale:
        from search_scale import run_scale

        result["scale"] = run_scale(arguments.scale)
    if not result:
        parser.error("give --docs --queries --qrels, or --probes, or --scale")
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
