"""All measurements one after the other, and one table of ratios: to a bare Django page, to few items, to what may be.

    .venv/bin/python benchmarks/all.py --bare PATH/bare.py [--only pages search …] [--data FOLDER] [--rounds 5]
        [--people 10000] [--seconds 120]

Parts: `pages` (CPU, growth to ten times the items, memory), `startup`, `load`, `memory` (after load on all pages),
`search` (quality and growth), `wegweiser` (judged concerns), `people` (10,000 accounts), `chaos` (what survives kills).
All of them take an hour the first time, less with `--data`; `!` marks what is over its limit, and the exit is 1 then.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import load
import pages
import startup

HERE = Path(__file__).resolve().parent
PROBES = HERE.parent / "akademie" / "search" / "tests" / "probes.json"
ITEMS, REQUESTS, STARTS = 2000, 1500, 3
MOST_SEARCH_GROWTH = 3.0
FEW_PEOPLE = 100


@dataclass(frozen=True)
class Row:
    """A line of the table: what, its figure, its ratio to what it is held against, and the most (least) allowed."""

    what: str
    figure: str
    ratio: float | None = None
    to: str = ""
    allowed: float | None = None
    is_least: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether the ratio is not as it must be."""
        if self.allowed is None or self.ratio is None:
            return False
        return self.ratio < self.allowed if self.is_least else self.ratio > self.allowed

    def __str__(self) -> str:
        """The line."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        allowed = "" if self.allowed is None else f"{'>' if self.is_least else '<'}= {self.allowed:g}"
        return f"{self.what:42} {self.figure:>22} {ratio:>7} {self.to:20} {allowed:>8}{' !' if self.is_missed else ''}"


def of_pages(given: argparse.Namespace) -> Iterator[Row]:
    """CPU of each page beside the bare one, its growth, and memory."""
    found = pages.measure(given.bare, given.data, [ITEMS, ITEMS * pages.MORE], given.rounds)
    for row in found["pages"]:
        yield Row(row["page"], f"{row['ms']:.2f} ms CPU", row["ratio"], "bare page", row["allowed"])
        many = f"{ITEMS:,} items"
        yield Row(f"  at {ITEMS * pages.MORE:,} items", f"{row['ms_more']:.2f} ms CPU", row["growth"], many,
                  row["growth_allowed"])  # fmt: skip
    for items, sizes in found["memory_mb"].items():
        most = pages.MOST_MEMORY
        share = sizes["all_pss"] / most
        yield Row(f"memory at {int(items):,} items", f"{sizes['all_pss']} MB PSS", share, f"{most} MB",
                  1 if int(items) == ITEMS else None)  # fmt: skip


def of_startup(given: argparse.Namespace) -> Iterator[Row]:
    """A second start until the first page."""
    found = startup.measure(given.bare, given.data, ITEMS, STARTS)
    yield Row("second start", f"{found['seconds']} s CPU", found["ratio"], "bare site")
    yield Row("  of what is allowed", f"{found['seconds']} s CPU", found["seconds"] / startup.MOST,
              f"{startup.MOST} s", 1)  # fmt: skip


def of_load(given: argparse.Namespace) -> Iterator[Row]:
    """The mix of visitors."""
    for row in load.measure(given.bare, given.data, ITEMS, REQUESTS):
        what = f"load at {row['connections']} connections"
        yield Row(what, f"{row['cpu_ms']} ms CPU", row["ratio"], "bare page")
        yield Row("  slowest of a hundred", f"{row['p99_ms']} ms", row["p99_ms"] / row["bare"]["p99_ms"], "bare page")
        yield Row("  errors", str(sum(row["errors"].values())), sum(row["errors"].values()) / REQUESTS, "requests", 0)


def of_memory(given: argparse.Namespace) -> Iterator[Row]:
    """All processes after load on all pages."""
    *_, last = ask("memory.py", "--data", str(given.data)).splitlines()  # highest 123.4 MB, allowed 300
    highest, most = float(last.split()[1]), float(last.split()[-1])
    yield Row("memory after load on all pages", f"{highest} MB PSS", highest / most, f"{most:g} MB", 1)


def of_search(_: argparse.Namespace) -> Iterator[Row]:
    """Whether it finds, and how it grows."""
    found = json.loads(ask("search.py", "--probes", str(PROBES)))["probes"]
    for name in ("mrr@10", "recall@10"):
        yield Row(f"search: {name}", f"{found['queries']} probes", found[name], "the best there is")
    few, many = (json.loads(ask("search.py", "--scale", str(count)))["scale"] for count in (ITEMS, ITEMS * pages.MORE))
    for name in ("cpu_ms_p50", "cpu_ms_p95"):
        yield Row(f"search at {ITEMS * pages.MORE:,}: {name}", f"{many[name]} ms CPU", many[name] / few[name],
                  f"{ITEMS:,} items", MOST_SEARCH_GROWTH)  # fmt: skip


def of_wegweiser(_: argparse.Namespace) -> Iterator[Row]:
    """Whether judged concerns get what helps."""
    for name in ("concerns.json", "concerns_held_out.json"):
        found = json.loads(ask("wegweiser.py", "--json", "--concerns", str(HERE / name)))
        score = found["all"]
        yield Row(f"wegweiser: {name}", f"{score['found']} found", score["share"], f"{score['of']} judged")


def of_people(given: argparse.Namespace) -> Iterator[Row]:
    """Queries and CPU with few people and with many."""
    import people

    few, many = (people.apart("pages", count, given.rounds) for count in (FEW_PEOPLE, given.people))
    for name, (queries, cpu) in few.items():
        more, longer = many[name]
        yield Row(name, f"{longer:.1f} ms CPU", longer / cpu, f"{FEW_PEOPLE} people")
        yield Row("  queries", str(more), more / queries if queries else float(more), f"{FEW_PEOPLE} people", 1)


def of_chaos(given: argparse.Namespace) -> Iterator[Row]:
    """What survives kills at random."""
    found = json.loads(ask("chaos.py", "--seconds", str(given.seconds)))
    kills = max(1, sum(found["killed"].values()))
    lost = sum(len(those) for those in found["missing"].values())
    kinds = ("questions acknowledged", "confirmations acknowledged", "titles changed")
    done = max(1, sum(found[kind] for kind in kinds))
    yield Row(
        "chaos: error pages", str(len(found["error pages"])), len(found["error pages"]) / kills, f"{kills} kills", 0
    )
    yield Row("  lost", str(lost), lost / done, f"{done} writes", 0)
    left = sum(found["still waiting"].values())
    yield Row("  jobs, mails, notes that wait for ever", str(left), left / done, f"{done} writes", 0)
    yield Row("  mails twice", str(found["mails twice"]), found["mails twice"] / max(1, found["mails accepted"]),
              f"{found['mails accepted']} mails")  # fmt: skip


PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Row]]] = {
    "pages": of_pages,
    "startup": of_startup,
    "load": of_load,
    "memory": of_memory,
    "search": of_search,
    "wegweiser": of_wegweiser,
    "people": of_people,
    "chaos": of_chaos,
}


def ask(name: str, *options: str) -> Any:
    """Run a benchmark by itself and return what it prints; its exit says what the table says too."""
    done = subprocess.run([sys.executable, str(HERE / name), *options], stdout=subprocess.PIPE, text=True)
    if not done.stdout:
        raise SystemExit(f"{name} ended with {done.returncode}")
    return done.stdout


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", type=Path, help="the yardstick, a file bare.py")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=120, help="of kills")
    parser.add_argument("--data", type=Path, help="a folder that keeps the filled databases")
    given = parser.parse_args()
    if given.bare is None and {"pages", "startup", "load"} & set(given.only):
        parser.error("pages, startup and load need --bare")
    given.bare = given.bare and given.bare.resolve()
    with tempfile.TemporaryDirectory() as place:
        given.data = (given.data or Path(place)).resolve()
        given.data.mkdir(parents=True, exist_ok=True)
        rows: list[Row] = []
        for part in given.only:
            print(f"{part} …", file=sys.stderr, flush=True)
            rows += PARTS[part](given)
    print(f"{'':42} {'':>22} {'ratio':>7} {'to':20} {'allowed':>8}")
    print(*rows, sep="\n")
    sys.exit(any(row.is_missed for row in rows))


if __name__ == "__main__":
    main()
