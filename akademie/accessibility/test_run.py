"""The last automatic test run, as it ships with the release. Only `./test` writes the file: tests/accessibility."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLResolver, get_resolver

LAST_RUN = settings.REFERENCE_DIR / "accessibility" / "last_run.json"
FIELDS = {
    "ran_on", "version", "commit", "axe", "browser", "rules", "states", "themes", "narrow_width", "violations",
    "routes", "left_out",
}  # fmt: skip


@dataclass(frozen=True)
class TestRun:
    """What a program found on all pages."""

    __test__ = False  # for pytest, which takes it for a test by its name

    ran_on: date
    version: str
    commit: str
    axe: str  # version of axe-core
    browser: str
    rules: tuple[str, ...]  # axe's tags: wcag22aa and so on
    states: int  # views of pages: empty list, refused form, ...
    themes: tuple[str, ...]
    narrow_width: int  # CSS pixels at which nothing may be cut off
    violations: dict[str, int] = field(default_factory=dict)  # rule → views on which it is violated
    routes: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()  # public addresses that are no pages

    @property
    def pages(self) -> int:
        """How many different pages the run has seen."""
        return len(self.routes)

    @property
    def found(self) -> list[tuple[str, int]]:
        """Violated rules and on how many views, the most frequent first."""
        return sorted(self.violations.items(), key=lambda pair: (-pair[1], pair[0]))

    def new_pages(self) -> list[str]:
        """Return the public pages that have come since and that the run does not know."""
        return sorted(set(public_routes()) - self.routes - self.left_out)


def read_run(path: Path) -> TestRun | None:
    """Return the run of a file; None when there is none, or none that `./test` has written."""
    try:
        says: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        ran_on = date.fromisoformat(says.pop("ran_on"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if {*says, "ran_on"} != FIELDS:
        return None
    for name in ("routes", "left_out"):
        says[name] = frozenset(says[name])
    for name in ("rules", "themes"):
        says[name] = tuple(says[name])
    return TestRun(ran_on=ran_on, **says)


@cache
def last_run() -> TestRun | None:
    """Return the run that ships with this release; None when none does."""
    return read_run(LAST_RUN)


def public_routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Yield every address that is open to everyone, as it is configured."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from public_routes(pattern, route)
        elif getattr(pattern.callback, "access", "") == "public" and not f"/{route}".startswith(
            settings.BACK_OFFICE_PREFIX
        ):
            yield route
