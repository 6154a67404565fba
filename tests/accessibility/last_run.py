"""What axe found on all pages, for the statement on accessibility: data/accessibility/last_run.json.

`./test` sets AXE_FINDINGS to a folder, each test of a page leaves there what it found, and at the end this module makes
the file of it; only when every place was seen. Nobody writes it by hand: `./test` renews it, and it is committed.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import django

from tests.accessibility.places import NO_PAGES, PLACES
from tests.browser import ROOT, WCAG, axe_source

NARROW = 320  # CSS pixels


def note(place: str, found: list[str], browser: str) -> None:
    """Leave what was found at a place, where somebody gathers it."""
    if folder := os.environ.get("AXE_FINDINGS"):
        path = Path(folder) / f"{hashlib.sha256(place.encode()).hexdigest()}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"place": place, "found": found, "browser": browser}), encoding="utf-8")


def gathered(folder: Path, routes: set[str], on: str) -> dict[str, Any] | None:
    """Return what the file says, or None when a place was not seen; `routes` are those of the places."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    if {row["place"] for row in rows} != {place.name for place in PLACES}:
        return None
    rules = Counter(rule for row in rows for rule in {_rule(line) for line in row["found"]})
    commit = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    axe = re.search(r"axe v([\d.]+)", axe_source()[:200])
    return {
        "ran_on": on,
        "version": version,
        "commit": commit.stdout.strip() or "ohne Git",
        "axe": axe[1] if axe else "",
        "browser": rows[0]["browser"],
        "rules": WCAG,
        "states": len(PLACES),
        "themes": ["light", "dark"],
        "narrow_width": NARROW,
        "violations": dict(sorted(rules.items())),
        "routes": sorted(routes),
        "left_out": sorted(NO_PAGES),
    }


def _rule(line: str) -> str:
    """Return the rule of a line: "dark: color-contrast (serious): …"; what is too wide has none of its own."""
    named = re.match(r"(?:dark: )?([a-z][a-z0-9-]+) \(", line)
    return named[1] if named else "reflow"


def main() -> None:
    """Write the file, or say that this was no whole run."""
    django.setup()
    from django.utils import timezone

    from akademie.accessibility.test_run import LAST_RUN
    from tests.accessibility.test_places import visited_routes

    says = gathered(Path(os.environ["AXE_FINDINGS"]), visited_routes(), timezone.localdate().isoformat())
    said = "Nicht alle Seiten geprüft: Der Prüflauf der Erklärung zur Barrierefreiheit bleibt, wie er ist."
    if says:
        LAST_RUN.parent.mkdir(exist_ok=True)
        LAST_RUN.write_text(json.dumps(says, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        said = f"{LAST_RUN.relative_to(ROOT)} ist neu: {len(says['violations'])} verletzte Regeln."
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    main()
