"""What a search address says, cleaned. Whatever is typed, there is an answer: nothing here refuses."""

from __future__ import annotations

from typing import Any

from akademie.core.facets import page_number
from akademie.core.forms import clean_text
from akademie.search.engine import FILTER_KEYS, MAX_QUERY
from akademie.search.queries import SearchRequest

MAX_VALUES = 20  # values of one filter that are read


class SearchForm:
    """Reads the parameters of a search."""

    def __init__(self, parameters: Any) -> None:
        self.parameters = parameters

    def read(self) -> SearchRequest:
        """Return the search that the address asks for."""
        typed = self.parameters.get("q", "")
        text = clean_text(typed, MAX_QUERY)
        filters = {
            key: list(filter(None, dict.fromkeys(clean_text(v, 60) for v in self.parameters.getlist(key)[:MAX_VALUES])))
            for key in FILTER_KEYS
        }
        return SearchRequest(
            text=text,
            filters={key: values for key, values in filters.items() if values},
            page=page_number(self.parameters.get("seite", "1")),
            exact=self.parameters.get("genau") == "1",
            shortened=len(typed.strip()) > MAX_QUERY,
        )
