"""Data sets are loaded once per version, and again after an interruption."""

import pytest

from akademie.core.actions import load_data_sets
from akademie.core.contributions import DataSet
from akademie.core.models import LoadedDataSet

pytestmark = pytest.mark.django_db


def data_set(version, load):
    return DataSet(key="towns", label="Städte", version=lambda: version, load=load)


def test_load_data_sets_skips_what_is_loaded():
    runs, said = [], []
    for version in ("1", "1", "2"):
        load_data_sets([data_set(version, lambda say: runs.append(1))], said.append)
    assert (len(runs), said) == (2, ["Städte …", "Städte …"])
    assert LoadedDataSet.objects.get().version == "2"


def test_load_data_sets_again_loads_anyway():
    runs = []
    for _ in range(2):
        load_data_sets([data_set("1", lambda say: runs.append(1))], lambda sentence: None, again=True)
    assert len(runs) == 2


def test_an_interrupted_load_is_repeated():
    def broken(say):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_data_sets([data_set("1", broken)], lambda sentence: None)
    runs = []
    load_data_sets([data_set("1", lambda say: runs.append(1))], lambda sentence: None)
    assert runs == [1]
