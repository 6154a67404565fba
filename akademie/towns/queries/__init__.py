"""Questions about towns: found by any spelling, narrowed, compared, one's own, and what the academy has of them."""

from akademie.towns.queries.likeness import (
    Group,
    Standing,
    closeness,
    group_of,
    rank_in_state,
    similar_towns,
    standing_of,
)
from akademie.towns.queries.lists import Selected, selected, towns_list
from akademie.towns.queries.public import (
    OWN_TOWN_COOKIE,
    Things,
    activity,
    entries,
    own_town,
    profile,
    public_things,
    visible_to,
)
from akademie.towns.queries.register import MAX_TYPED, STAMP, Register, Row, fold, key_of, number, place_of, register

__all__ = [
    "MAX_TYPED",
    "OWN_TOWN_COOKIE",
    "STAMP",
    "Group",
    "Register",
    "Row",
    "Selected",
    "Standing",
    "Things",
    "activity",
    "closeness",
    "entries",
    "fold",
    "group_of",
    "key_of",
    "number",
    "own_town",
    "place_of",
    "profile",
    "public_things",
    "rank_in_state",
    "register",
    "selected",
    "similar_towns",
    "standing_of",
    "towns_list",
    "visible_to",
]
