"""The opening through which upper areas say which page belongs to a run: its event."""

from collections.abc import Callable
from dataclasses import dataclass

from akademie.core.contributions import ContributionPoint


@dataclass(frozen=True, kw_only=True)
class RunLinks:
    """Which public pages tell more of runs."""

    key: str  # the area
    addresses: Callable[[list[int]], dict[int, str]]  # keys of runs, to the address of each that has a page
    order: int = 50


run_links = ContributionPoint("run_links", RunLinks)


def addresses_of(runs: list[int]) -> dict[int, str]:
    """Return the addresses of the pages of these runs."""
    return {run: url for area in run_links for run, url in area.addresses(runs).items()} if runs else {}
