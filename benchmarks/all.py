"""All measurements of the pages one after the other, as ratios: CPU, growth, memory, start and load.

    .venv/bin/python benchmarks/all.py --bare PATH/bare.py [--rounds 5] [--data FOLDER]

Takes half an hour the first time, a third of that with `--data`. Run for themselves are `search.py` and `wegweiser.py`
(quality), `chaos.py` (what survives), `people.py` (10,000 accounts) and `memory.py` (while titles change).
"""

import argparse
import tempfile
from pathlib import Path

import load
import pages
import startup

ITEMS, REQUESTS, STARTS = 2000, 1500, 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bare", type=Path, required=True, help="the yardstick, a file bare.py")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", type=Path, help="a folder that keeps the filled databases")
    arguments = parser.parse_args()
    bare = arguments.bare.resolve()
    with tempfile.TemporaryDirectory() as place:
        folder = (arguments.data or Path(place)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        pages.show(pages.measure(bare, folder, [ITEMS, ITEMS * pages.MORE], arguments.rounds))
        print()
        startup.show(startup.measure(bare, folder, ITEMS, STARTS))
        print()
        load.show(load.measure(bare, folder, ITEMS, REQUESTS))


if __name__ == "__main__":
    main()
