"""What actions of all areas share."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from akademie.core.contributions import DataSet, posting_gates
from akademie.core.models import LoadedDataSet


class NotPossible(Exception):
    """The situation does not allow what the person asked for; the message says why and what to do, in German."""


def check_may_post(user: Any = None, email: str = "") -> None:
    """Refuse whoever may not post at present, by account or by the mail address given: NotPossible with the reason.

    Called by every action that brings words of people to others. What is a right of everybody stays open: reporting
    content or a barrier, one's own data, taking something back.
    """
    for gate in posting_gates:
        if reason := gate.refuses(user, email):
            raise NotPossible(reason)


def load_data_sets(data_sets: Iterable[DataSet], say: Callable[[str], None], *, again: bool = False) -> None:
    """Load each data set whose version is new. An interrupted load is simply done again at the next start."""
    done = dict(LoadedDataSet.objects.values_list("key", "version"))
    for data_set in data_sets:
        version = data_set.version()
        if not again and done.get(data_set.key) == version:
            continue
        say(f"{data_set.label} …")
        data_set.load(say)
        with transaction.atomic():
            LoadedDataSet.objects.update_or_create(key=data_set.key, defaults={"version": version})
