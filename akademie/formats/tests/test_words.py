"""Figures and words as people say them."""

import pytest

from akademie.formats import words
from akademie.formats.words import DURATIONS, GROUPS


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (45, 75, "45 bis 75 Minuten"),
        (60, 120, "1 bis 2 Stunden"),
        (90, 180, "1,5 bis 3 Stunden"),
        (30, 120, "30 Minuten bis 2 Stunden"),
        (20, 60, "20 Minuten bis 1 Stunde"),
        (720, 960, "12 bis 16 Stunden"),
        (60, 90, "1 bis 1,5 Stunden"),
        (60, 60, "1 Stunde"),
        (1, 1, "1 Minute"),
        (1, 5, "1 bis 5 Minuten"),
        (160, 200, "2 Std. 40 Min. bis 3 Std. 20 Min."),
        (45, None, "ab 45 Minuten"),
        (None, 45, "bis 45 Minuten"),
        (None, None, "nicht dokumentiert"),
    ],
)
def test_durations(low: int | None, high: int | None, said: str) -> None:
    assert words.duration_in_words(low, high) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (6, 20, "6 bis 20 Personen"),
        (1, 1, "eine Person"),
        (2, 2, "2 Personen"),
        (10, None, "ab 10 Personen"),
        (None, 1200, "bis 1.200 Personen"),
        (None, None, "nicht dokumentiert"),
    ],
)
def test_groups(low: int | None, high: int | None, said: str) -> None:
    assert words.people_in_words(low, high) == said


@pytest.mark.parametrize(
    ("low", "high", "classes"),
    [
        (20, 60, ("bis-60-minuten",)),
        (45, 75, ("bis-60-minuten", "bis-2-stunden")),
        (60, 60, ("bis-60-minuten",)),
        (61, 61, ("bis-2-stunden",)),
        (180, 480, ("halber-tag", "ganzer-tag")),
        (3, 960, ("bis-60-minuten", "bis-2-stunden", "halber-tag", "ganzer-tag")),
        (None, 300, ("halber-tag",)),
        (301, None, ("ganzer-tag",)),
        (None, None, ("offen",)),
    ],
)
def test_a_format_belongs_to_every_class_of_time_that_it_touches(
    low: int | None, high: int | None, classes: tuple[str, ...]
) -> None:
    assert words.bands(DURATIONS, low, high) == classes


@pytest.mark.parametrize(
    ("low", "high", "classes"),
    [
        (1, 1, ("bis-5",)),
        (5, 10, ("bis-5", "6-bis-15")),
        (15, 40, ("6-bis-15", "16-bis-40")),
        (50, 350, ("ueber-40",)),
        (40, 41, ("16-bis-40", "ueber-40")),
    ],
)
def test_a_format_belongs_to_every_class_of_group_that_it_touches(
    low: int, high: int, classes: tuple[str, ...]
) -> None:
    assert words.bands(GROUPS, low, high) == classes


def test_lists_are_joined_like_a_sentence() -> None:
    assert [words.or_list(["a", "b", "c"]), words.or_list(["a"]), words.or_list([])] == ["a, b oder c", "a", ""]
    assert [words.and_list(["a", "b"]), words.and_list([])] == ["a und b", ""]
