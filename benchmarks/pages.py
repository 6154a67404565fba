"""CPU per request of the pages that people use most, as a ratio to a bare Django page in the same run.

    .venv/bin/python benchmarks/pages.py --bare PATH/bare.py [--items 2000] [--rounds 5] [--json]

Fills a fresh database with the municipalities and `--items` generated library items and practices (from a fixed seed,
with the words of the shipped ones), starts the product and the yardstick on the same server software (gunicorn, two
processes of four threads), and asks each page in turns. CPU is what the kernel counts for the server's processes, so
other work on the machine disturbs little; the best of the rounds is taken. No page is kept: every request runs.
"""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
REQUESTS = 120  # per page and round
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
    "search": ("/suche/?q=leerstand+innenstadt", "list", 3.0),
    "wegweiser": ("/wegweiser/?q=Leerstand+in+der+Innenstadt%2C+kein+Geld", "list", 5.0),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A gunicorn of one kind, and the CPU seconds of its processes."""

    def __init__(self, application: str, folder: Path, environment: dict[str, str], python_path: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "--preload"]
        self.process = subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{self.port}", "--log-level", "error", application],
            cwd=folder,
            env={**os.environ, **environment, "PYTHONPATH": str(python_path)},
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{application} did not start")

    def cpu(self) -> float:
        """CPU seconds of all processes of this server so far."""
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:  # process group
                total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def ask(self, path: str, times: int) -> tuple[float, int]:
        """Ask a page and return CPU milliseconds per request, and its size on the wire."""
        size = 0
        before = self.cpu()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        for _ in range(times):
            connection.request("GET", path, headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            size = len(answer.read())
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}")
        connection.close()
        return (self.cpu() - before) / times * 1000, size

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


def prepare(folder: Path, items: int) -> dict[str, str]:
    """Fill a data folder and return the environment of the product."""
    folder.mkdir()
    environment = {"SECRET_KEY": "benchmark" * 8, "DATA_DIR": str(folder), "SITE_URL": "http://127.0.0.1:8000"}
    script = ROOT / "benchmarks" / "fill.py"
    subprocess.run([sys.executable, str(script), str(items)], check=True, env={**os.environ, **environment}, cwd=ROOT)
    return environment


def first_link(server: Server, listing: str) -> str:
    """Return the address of the first item of a list."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", listing)
    found = re.search(rf'href="({listing}muster-\d+/)"', connection.getresponse().read().decode())
    if not found:
        raise SystemExit(f"{listing} shows no item")
    return found[1]


def measure(bare: Path, items: int, rounds: int) -> list[dict[str, object]]:
    """Return a row per page: milliseconds, the yardstick's, the ratio, what is allowed."""
    with tempfile.TemporaryDirectory() as place:
        yard = Path(place) / "yard"
        yard.mkdir()
        environment = prepare(Path(place) / "data", items)
        bare_environment = {"BARE_ITEMS": str(items), "BARE_DB": str(yard / "bare.sqlite3")}
        yardstick = Server("bare:application", yard, bare_environment, bare.parent)
        product = Server("akademie.wsgi:application", ROOT, environment, ROOT)
        try:
            names = {"library": first_link(product, "/bibliothek/"), "practice": first_link(product, "/praxis/")}
            addresses = {page: row[0].format(**names) for page, row in PAGES.items()}
            best: dict[str, float] = {}
            sizes: dict[str, int] = {}
            for round_number in range(rounds + 1):
                for name, path in (("list", "/"), ("detail", "/i/7/")):
                    cost, _size = yardstick.ask(path, REQUESTS * 2)
                    best[name] = min(best.get(name, 1e9), cost) if round_number else 1e9
                for page, path in addresses.items():
                    cost, sizes[page] = product.ask(path, REQUESTS)
                    best[page] = min(best.get(page, 1e9), cost) if round_number else 1e9
        finally:
            yardstick.stop()
            product.stop()
    return [
        {
            "page": page,
            "ms": round(best[page], 2),
            "bare_ms": round(best[kind], 2),
            "ratio": round(best[page] / best[kind], 2),
            "allowed": allowed,
            "bytes": sizes[page],
        }
        for page, (_path, kind, allowed) in PAGES.items()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", type=Path, required=True, help="the yardstick, a file bare.py")
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    rows = measure(arguments.bare.resolve(), arguments.items, arguments.rounds)
    if arguments.json:
        print(json.dumps(rows, indent=1))
        return
    print(f"{'page':28} {'CPU ms':>7} {'bare':>6} {'ratio':>6} {'allowed':>8} {'bytes':>7}")
    for row in rows:
        mark = "" if row["ratio"] <= row["allowed"] else "  !"  # type: ignore[operator]
        print(
            f"{row['page']:28} {row['ms']:7} {row['bare_ms']:6} {row['ratio']:6} {row['allowed']:8}"
            f" {row['bytes']:7}{mark}"
        )


if __name__ == "__main__":
    main()
