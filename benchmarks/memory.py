"""Memory of the academy as `./run` starts it, after load on all its pages and while the index is written.

    .venv/bin/python benchmarks/memory.py [--items 2000] [--most 300] [--data FOLDER]

Two web processes and the worker answer, first one after the other and then over 16 connections, the mix of
`benchmarks/load.py` and further lists, forms and files, without and then with somebody of the office who changes four
titles a second, so that the indexer writes without pause. Prints MB by process, with its share of what processes share
(PSS), and ends with 1 when all together need more than `--most` after load on all pages. What the last part needs is
printed and not judged: no office changes titles without pause.
"""

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from chaos import Editor, set_up, waiting
from load import MIX, load
from servers import Server, academy, environment_of

CONNECTIONS = (1, 16)
TIMES = 8  # so often each process gets each page, more or less
OTHERS = (
    "/themen/",
    "/suche/",
    "/wegweiser/",
    "/formate/",
    "/daten/",
    "/sitemap.xml",
    "/anmelden/",
    "/inhalt-melden/",
    "/gesundheit/",
    "/api/v1/",
    "/api/v1/staedte/",
    "/api/v1/praxis/",
    "/impressum/",
)


def rows(server: Server) -> Iterator[tuple[str, float]]:
    """Yield the processes by what they do, and their PSS in MB."""
    processes = server.memory()
    top = server.process.pid
    masters = {one.parent for one in processes} - {top}
    for one in sorted(processes, key=lambda one: one.pid):
        if one.pid == top:
            name = "parent"
        elif one.parent != top:
            name = "web"
        else:
            name = "web parent" if one.pid in masters else "worker"
        yield name, one.pss


def show(when: str, server: Server) -> float:
    """Print the memory of all processes and return their sum."""
    found = list(rows(server))
    total = sum(pss for _name, pss in found)
    print(f"{when:32} {total:6.1f}  " + "  ".join(f"{name} {pss:.1f}" for name, pss in found), flush=True)
    return total


def addresses(server: Server) -> list[str]:
    """Return the pages that are there."""
    found = []
    for path in (*MIX, *OTHERS):
        try:
            server.ask(path)
        except SystemExit as reason:
            print(reason)
        else:
            found.append(path)
    return found


def write(editor: Editor, stop: threading.Event) -> None:
    """Change titles until told to stop."""
    while not stop.wait(0.25):
        editor.work()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--most", type=float, default=300)
    parser.add_argument("--data", type=Path, help="a folder that keeps the filled database")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = (arguments.data or Path(place)).resolve() / f"items-{arguments.items}"
        environment = environment_of(folder, arguments.items)
        environment |= {"BEHIND_PROXY": "True", "DJANGO_SETTINGS_MODULE": "akademie.settings"}
        server = academy(environment)
        try:
            server.ask("/")
            highest = show("started", server)
            set_up(environment)
            paths = addresses(server)
            highest = max(highest, show("each page once", server))
            for connections in CONNECTIONS:
                errors = load(server, paths * TIMES, connections)["errors"]
                highest = max(highest, show(f"{connections} connections", server))
                print(f"  errors {errors or 'none'}", flush=True)
            stop, editor = threading.Event(), Editor()
            writer = threading.Thread(target=write, args=(editor, stop))
            writer.start()
            errors = load(server, paths * TIMES * 2, max(CONNECTIONS))["errors"]
            show(f"{max(CONNECTIONS)} connections, writing", server)
            stop.set()
            writer.join()
            print(f"  {editor.number} titles changed, errors {errors or 'none'}, waiting {waiting()}", flush=True)
        finally:
            server.stop()
    print(f"highest {highest:.1f} MB, allowed {arguments.most:g}")
    sys.exit(highest > arguments.most)


if __name__ == "__main__":
    main()
