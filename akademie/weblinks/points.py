"""The opening of the link check: what an area knows of links and documents that its texts do not say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from akademie.core.contributions import ContributionPoint


class DocumentElsewhere(NamedTuple):
    """A document that lies on somebody else's server and of which a licence is known."""

    address: str
    licence: str  # in the words of the record
    source: str  # who made it, where it appeared
    is_page: bool  # the address is the work itself, a web page, and not a page about it


@dataclass(frozen=True, kw_only=True)
class LinkedRecords:
    """What a public kind adds; `key` is that of the kind. Both answer for what is public only.

    `further` yields primary key, field and address of links that a page makes of other fields, such as a DOI.
    """

    key: str
    documents: Callable[[], Iterable[DocumentElsewhere]]
    further: Callable[[Iterable[Any] | None], Iterable[tuple[Any, str, str]]]  # of these primary keys; None: of all
    order: int = 50


linked_records = ContributionPoint("linked_records", LinkedRecords)
