"""The licences that pictures and documents usually have: the name that stands in the caption, and where it is told.

Any other wording stays possible, for what somebody has allowed in words of their own.
"""

from dataclasses import dataclass

CREATIVE_COMMONS = "https://creativecommons.org"


@dataclass(frozen=True)
class Licence:
    """Rights with a name that everybody knows."""

    name: str  # as the caption says it: "CC BY 4.0"
    means: str  # for whoever chooses it
    url: str = ""  # what it allows, in German; empty: there is no such page


def _cc(rights: str, version: str, means: str, country: str = "") -> Licence:
    place = "/".join(part for part in ("licenses", rights, version, country.lower(), "deed.de") if part)
    name = " ".join(part for part in ("CC", rights.upper(), version, country) if part)
    return Licence(name, means, f"{CREATIVE_COMMONS}/{place}")


BY, BY_SA, BY_ND = "Namensnennung", "Namensnennung, gleiche Bedingungen", "Namensnennung, keine Bearbeitung"
BY_NC, BY_NC_SA = "Namensnennung, nicht kommerziell", "Namensnennung, nicht kommerziell, gleiche Bedingungen"
BY_NC_ND = "Namensnennung, nicht kommerziell, keine Bearbeitung"
LICENCES = (
    Licence("eigenes Werk", "von uns selbst gemacht"),
    _cc("by", "4.0", BY),
    _cc("by-sa", "4.0", BY_SA),
    _cc("by-nd", "4.0", BY_ND),
    _cc("by-nc", "4.0", BY_NC),
    _cc("by-nc-sa", "4.0", BY_NC_SA),
    _cc("by-nc-nd", "4.0", BY_NC_ND),
    Licence("CC0 1.0", "kein Recht vorbehalten", f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/deed.de"),
    _cc("by", "3.0", BY, "DE"),
    _cc("by-sa", "3.0", BY_SA, "DE"),
    _cc("by", "3.0", BY),
    _cc("by-sa", "3.0", BY_SA),
    _cc("by", "2.0", BY),
    _cc("by-sa", "2.0", BY_SA),
    Licence("Datenlizenz Deutschland Namensnennung 2.0", BY, "https://www.govdata.de/dl-de/by-2-0"),
    Licence("Datenlizenz Deutschland Zero 2.0", "kein Recht vorbehalten", "https://www.govdata.de/dl-de/zero-2-0"),
    Licence("gemeinfrei", "der Schutz ist abgelaufen, oder es gab nie einen"),
)
# What people write when they do not know: no note on rights, whatever the field holds.
UNKNOWN = ("", "-", "?", "k. a.", "k.a.", "keine", "keine angabe", "unbekannt", "unklar", "weiß nicht")


def _key(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == ".")


_BY_KEY = {_key(licence.name): licence for licence in LICENCES}


def known(text: str) -> Licence | None:
    """Return the licence that is meant, however its name is written ("cc-by 4.0"); None for any other wording."""
    return _BY_KEY.get(_key(text))


def is_unknown(text: str) -> bool:
    """Whether these words say nothing about rights."""
    return text.strip().casefold() in UNKNOWN
