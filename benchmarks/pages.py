"""CPU per request of the pages that people use most, as a ratio to a bare Django page in the same run.

    .venv/bin/python benchmarks/pages.py --bare PATH/bare.py [--items 2000] [--growth] [--rounds 10] [--json]

Fills a fresh database with the municipalities and `--items` generated library items and practices (from a fixed seed,
with the words of the shipped ones), starts the product and the yardstick on the same server software (gunicorn, two
processes of four threads), and asks each page in turns. CPU is what the kernel counts for the server's processes, so
other work on the machine disturbs little; the best of the rounds is taken. No page is kept: every request runs.

`--growth` does the same at ten times the items, side by side, and says how much dearer each page has become. At the
end the academy is started as `./run` starts it, and the memory of its processes is read once they have answered all
pages. `--data FOLDER` keeps the filled databases for the next run.
"""

import argparse
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servers import GUNICORN, ROOT, Server, academy, environment_of, free_port, yardstick

REQUESTS = 60  # per page and round
MORE = 10  # how many times the items --growth looks at
# page → (address, the yardstick's page, the most that it may cost)
PAGES = {
    "start": ("/", "list", 2.0),
    "library list with facets": ("/bibliothek/", "list", 2.0),
    "library list, narrowed": ("/bibliothek/?thema=leerstand&seite=2", "list", 2.0),
    "practice list with facets": ("/praxis/", "list", 2.0),
    "town list with facets": ("/staedte/", "list", 2.0),
    "format list with facets": ("/formate/", "list", 2.0),
    "library item": ("{library}", "detail", 2.5),
    "practice case": ("{practice}", "detail", 2.5),
    "town profile": ("/staedte/12070424/", "detail", 2.5),
    "format profile": ("/formate/lernwerkstatt/", "detail", 2.5),
    "event list with facets": ("/veranstaltungen/", "list", 2.0),
    "month of the calendar": ("/kalender/", "list", 2.5),
    "event": ("{event}", "detail", 2.5),
    "topic": ("/themen/leerstand/", "detail", 2.5),
    "search": ("/suche/?q=leerstand+innenstadt", "list", 3.0),
    "wegweiser": ("/wegweiser/?q=Leerstand+in+der+Innenstadt%2C+kein+Geld", "list", 5.0),
}
YARDSTICK = {"list": "/", "detail": "/i/7/"}
MAY_GROW, SEARCH_MAY_GROW = 1.2, 2.0
MOST_MEMORY = 300  # MB of all processes, at the items that are measured first


# -- sites ------------------------------------------------------------------------------------------------------------
@dataclass
class Site:
    """The product and the yardstick with the same number of items."""

    environment: dict[str, str]
    product: Server
    yardstick: Server
    addresses: dict[str, str]

    def stop(self) -> None:
        self.product.stop()
        self.yardstick.stop()


def start(bare: Path, folder: Path, items: int) -> Site:
    """Fill and start both."""
    environment = environment_of(folder / f"items-{items}", items)
    port = free_port()
    product = Server([*GUNICORN, "-b", f"127.0.0.1:{port}", "akademie.wsgi:application"], ROOT, environment, port)
    lists = {"library": "/bibliothek/", "practice": "/praxis/", "event": "/veranstaltungen/"}
    items_of = {name: first_link(product, listing) for name, listing in lists.items()}
    addresses = {page: address.format(**items_of) for page, (address, _kind, _allowed) in PAGES.items()}
    return Site(environment, product, yardstick(bare, folder, items), addresses)


def first_link(server: Server, listing: str) -> str:
    """Return the address of the first generated item of a list."""
    _cost, page = server.ask(listing)
    found = re.search(rf'href="({listing}muster-\d+/)"', page)
    if not found:
        raise SystemExit(f"{listing} shows no item")
    return found[1]


# -- measuring --------------------------------------------------------------------------------------------------------
def ask_in_turns(sites: list[Site], rounds: int) -> list[dict[str, float]]:
    """Return the best CPU milliseconds of each page, and of the yardstick's, for each site."""
    best: list[dict[str, float]] = [{} for _ in sites]
    for number in range(rounds + 1):  # the first one warms
        for name in (*YARDSTICK, *PAGES):
            for site, costs in zip(sites, best, strict=True):
                if name in YARDSTICK:
                    cost, _page = site.yardstick.ask(YARDSTICK[name], REQUESTS * 2)
                else:
                    cost, _page = site.product.ask(site.addresses[name], REQUESTS)
                costs[name] = min(costs.get(name, cost), cost) if number > 1 else cost
    return best


def table(costs: list[dict[str, float]], sizes: dict[str, int]) -> list[dict[str, Any]]:
    """Return a row per page: milliseconds, the yardstick's, their ratio, the growth, and what is allowed."""
    rows = []
    for page, (_address, kind, allowed) in PAGES.items():
        row: dict[str, Any] = {
            "page": page,
            "ms": round(costs[0][page], 2),
            "bare_ms": round(costs[0][kind], 2),
            "ratio": round(costs[0][page] / costs[0][kind], 2),
            "allowed": allowed,
            "bytes": sizes[page],
        }
        if len(costs) > 1:
            row["ms_more"] = round(costs[1][page], 2)
            row["ratio_more"] = round(costs[1][page] / costs[1][kind], 2)
            row["growth"] = round(costs[1][page] / costs[0][page], 2)
            row["growth_allowed"] = SEARCH_MAY_GROW if page == "search" else MAY_GROW
            row["bare_growth"] = round(costs[1][kind] / costs[0][kind], 2)
        rows.append(row)
    return rows


def memory(site: Site) -> dict[str, float]:
    """Return the memory in MB of the academy as `./run` starts it, after its processes have answered all pages."""
    server = academy(site.environment)
    try:
        for _ in range(10):  # so often that each web process has answered each page
            for address in site.addresses.values():
                server.ask(address)
        processes = server.memory()
    finally:
        server.stop()
    children = {process.pid for process in processes if process.parent == server.process.pid}
    web = [process for process in processes if process.parent in children]
    return {
        "web_pss": round(sum(process.pss for process in web) / len(web), 1),
        "web_rss": round(sum(process.rss for process in web) / len(web), 1),
        "all_pss": round(sum(process.pss for process in processes), 1),
        "processes": len(processes),
    }


def measure(bare: Path, folder: Path, item_counts: list[int], rounds: int) -> dict[str, Any]:
    """Return the rows of the pages, and the memory by number of items."""
    sites: list[Site] = []
    try:
        sites += [start(bare, folder, items) for items in item_counts]
        costs = ask_in_turns(sites, rounds)
        sizes = {page: len(sites[0].product.ask(address)[1].encode()) for page, address in sites[0].addresses.items()}
    finally:
        for site in sites:
            site.stop()
    stored = {str(items): memory(site) for items, site in zip(item_counts, sites, strict=True)}
    return {"items": item_counts, "pages": table(costs, sizes), "memory_mb": stored}


# -- printing ---------------------------------------------------------------------------------------------------------
def show(found: dict[str, Any]) -> None:
    """Print the tables; what is over its limit is marked."""
    few, *more = found["items"]
    head = f"{f'page at {few:,} items':28} {'CPU ms':>7} {'bare':>6} {'ratio':>6} {'allowed':>8} {'bytes':>7}"
    further = (
        f"   {f'at {more[0]:,}: CPU ms':>20} {'ratio':>6} {'growth':>7} {'allowed':>8} {'bare':>6}" if more else ""
    )
    print(head + further)
    for row in found["pages"]:
        print("{page:28} {ms:7.2f} {bare_ms:6.2f} {ratio:6.2f} {allowed:8} {bytes:7}".format(**row), end="")
        print(" !" if row["ratio"] > row["allowed"] else "  ", end="")
        if more:
            print(
                " {ms_more:20.2f} {ratio_more:6.2f} {growth:7.2f} {growth_allowed:8} {bare_growth:6.2f}".format(**row),
                end="",
            )
            print(" !" if row["growth"] > row["growth_allowed"] else "", end="")
        print()
    print(f"\n{'memory in MB at items':28} {'web process PSS':>16} {'RSS':>7} {'all processes PSS':>18}")
    for items, sizes in found["memory_mb"].items():
        print(f"{int(items):<28,} {sizes['web_pss']:16} {sizes['web_rss']:7} {sizes['all_pss']:18}", end="")
        over = sizes["all_pss"] > MOST_MEMORY
        print(f"  allowed {MOST_MEMORY}{' !' if over else ''}" if int(items) == few else "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", type=Path, required=True, help="the yardstick, a file bare.py")
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--growth", action="store_true", help="measure ten times the items too, side by side")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--data", type=Path, help="a folder that keeps the filled databases")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    counts = [arguments.items, *([arguments.items * MORE] if arguments.growth else [])]
    with tempfile.TemporaryDirectory() as place:
        folder = (arguments.data or Path(place)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(arguments.bare.resolve(), folder, counts, arguments.rounds)
    if arguments.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)


if __name__ == "__main__":
    main()
