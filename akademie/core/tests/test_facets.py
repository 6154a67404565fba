"""Lists with facets, compared with a plain reading of the same rows."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from akademie.core import stamps
from akademie.core.facets import Facet, FacetedList, page_number, positions, query_without_page

KINDS = [("a", "Aufsatz"), ("b", "Bericht"), ("x", "Kommt nicht vor")]
TOPICS = [("t1", "Leerstand"), ("t2", "Wohnen"), ("t3", "Bus")]
pytestmark = pytest.mark.django_db


def faceted(rows, orders=None, size=20):
    facets = (Facet("art", "Art", lambda: KINDS), Facet("thema", "Thema", lambda: TOPICS))
    return FacetedList("shelf", lambda: rows, facets, orders, size)


ROWS = [(1, "a", ("t1", "t2")), (2, "b", ("t1",)), (3, "a", ()), (4, "b", ("t2", "t3")), (5, None, ("t1",))]


def counts(selection, key):
    facet = next(facet for facet in selection.facets if facet.key == key)
    return {option.value: option.count for option in facet.options}


def test_without_choices_everything_is_shown_in_order():
    selection = faceted(ROWS).select(QueryDict(""))
    assert selection.page.pks == [1, 2, 3, 4, 5]
    assert counts(selection, "art") == {"a": 2, "b": 2}
    assert counts(selection, "thema") == {"t1": 3, "t2": 2, "t3": 1}


def test_choices_of_one_facet_add_up_and_facets_narrow_each_other():
    selection = faceted(ROWS).select(QueryDict("thema=t1&thema=t3&art=b"))
    assert selection.page.pks == [2, 4]
    assert counts(selection, "art") == {"a": 1, "b": 2}, "a facet counts without its own choice"
    assert counts(selection, "thema") == {"t1": 1, "t2": 1, "t3": 1}


def test_only_narrows_first_and_passes_over_strangers():
    selection = faceted(ROWS).select(QueryDict("art=a"), only=[3, 4, 99])
    assert (selection.page.pks, selection.page.count) == ([3], 1)


def test_the_order_of_only_holds_until_another_one_is_asked_for():
    shelf = faceted(ROWS, {"name": lambda: [1, 2, 3, 4, 5]}, size=2)
    assert shelf.select(QueryDict("seite=2"), only=[5, 3, 4]).page.pks == [4]
    assert shelf.select(QueryDict("thema=t1"), only=[5, 3, 2]).page.pks == [5, 2]
    assert shelf.select(QueryDict(""), only=[5, 3, 4], order="name").page.pks == [3, 4]


def test_unknown_choices_are_named_and_change_nothing():
    selection = faceted(ROWS).select(QueryDict("art=zzz"))
    assert selection.unknown == ["zzz"]
    assert selection.page.count == 5


def test_a_page_beyond_the_end_is_the_last_one():
    page = faceted(ROWS, size=2).select(QueryDict("seite=99999")).page
    assert (page.pks, page.number, page.pages, page.asked, page.first, page.last) == ([5], 3, 3, 99999, 5, 5)


def test_an_empty_list_has_one_empty_page():
    page = faceted([]).select(QueryDict("")).page
    assert (page.pks, page.count, page.pages, page.first, page.last) == ([], 0, 1, 0, 0)


def test_orders_keep_the_narrowing():
    shelf = faceted(ROWS, {"name": lambda: [5, 4, 3, 2, 1]}, size=2)
    assert shelf.select(QueryDict("thema=t1&seite=2"), order="name").page.pks == [1]
    assert shelf.select(QueryDict("thema=t1"), order="nonsense").page.pks == [1, 2]


def test_a_new_stamp_builds_anew():
    rows = list(ROWS)
    shelf = faceted(rows)
    assert shelf.count() == 5
    rows.append((6, "a", ()))
    assert shelf.count() == 5
    stamps.bump("shelf")
    assert shelf.count() == 6


@given(st.sets(st.integers(0, 5000)), st.integers(0, 60), st.integers(0, 60))
def test_positions_are_the_sorted_set_bits(places, start, length):
    bits = sum(1 << place for place in places)
    assert list(positions(bits, start, start + length)) == sorted(places)[start : start + length]


@pytest.mark.parametrize(
    ("text", "page"), [("1", 1), ("7", 7), ("0", 1), ("-3", 1), ("zwei", 1), ("", 1), ("²", 1), ("9" * 5000, 1)]
)
def test_page_number(text, page):
    assert page_number(text) == page


def test_query_without_page_keeps_the_rest():
    assert query_without_page(QueryDict("thema=a&thema=b&seite=3&art=")) == "thema=a&thema=b"
