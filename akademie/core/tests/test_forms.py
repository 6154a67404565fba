"""Text as a person meant it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akademie.core.forms import clean_text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Leerstand \n in der\tStadt ", "Leerstand in der Stadt"),
        ("Leer\x00stand", "Leerstand"),
        ("\u202eabc\u202c", "abc"),
        ("Mu\u0308nster", "Münster"),
        ("a" * 50, "a" * 30),
        ("", ""),
    ],
)
def test_clean_text(typed, meant):
    assert clean_text(typed, 30) == meant


@given(st.text(max_size=300), st.integers(1, 50))
def test_clean_text_keeps_its_limit_and_is_stable(typed, limit):
    once = clean_text(typed, limit)
    assert len(once) <= limit
    assert clean_text(once, limit) == once
