"""Questions about towns: found by any spelling, narrowed, compared, one's own, and what the academy has of them."""

from akademie.towns.queries.likeness import closeness, group_of, similar_towns, standing_of
from akademie.towns.queries.lists import selected, towns_list
from akademie.towns.queries.public import activity, entries, own_town, profile, public_things, visible_to
from akademie.towns.queries.register import MAX_TYPED, STAMP, Register, Row, fold, key_of, number, register

OWN_TOWN_COOKIE = "meine_stadt"

__all__ = [
    "MAX_TYPED",
    "OWN_TOWN_COOKIE",
    "STAMP",
    "Register",
    "Row",
    "activity",
    "closeness",
    "entries",
    "fold",
    "group_of",
    "key_of",
    "number",
    "own_town",
    "profile",
    "public_things",
    "register",
    "selected",
    "similar_towns",
    "standing_of",
    "towns_list",
    "visible_to",
]
