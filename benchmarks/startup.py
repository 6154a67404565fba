"""CPU seconds of a second start until the academy serves, as a ratio to a bare Django page on the same software.

    .venv/bin/python benchmarks/startup.py --bare PATH/bare.py [--items 2000] [--rounds 3] [--data FOLDER] [--json]

The first start set everything up. Counted is what the kernel says of all processes until the first page has come.
"""

from collections.abc import Callable
from pathlib import Path

from servers import Server, academy, environment_of, run, yardstick

MOST = 4.5  # CPU seconds


def cost(start: Callable[[], Server], rounds: int) -> float:
    """Return the CPU seconds of the best of several starts."""
    best = float("inf")
    for _ in range(rounds):
        server = start()
        try:
            server.ask("/")
            best = min(best, server.cpu())
        finally:
            server.stop()
    return best


def measure(bare: Path, folder: Path, items: int, rounds: int) -> dict[str, float]:
    """Return the seconds of both and their ratio."""
    environment = environment_of(folder / f"items-{items}", items)
    academy(environment).stop()
    ours = cost(lambda: academy(environment), rounds)
    theirs = cost(lambda: yardstick(bare, folder, items), rounds)
    return {"seconds": round(ours, 2), "bare": round(theirs, 2), "ratio": round(ours / theirs, 1), "allowed": MOST}


def show(found: dict[str, float]) -> None:
    """Print one line."""
    print(
        "second start: {seconds} CPU s until the first page (allowed {allowed}), bare {bare}, ratio {ratio}".format(
            **found
        )
    )


def main() -> None:
    """Measure and print."""
    run(__doc__, "rounds", 3, measure, show)


if __name__ == "__main__":
    main()
