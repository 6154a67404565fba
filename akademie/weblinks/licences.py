"""Licences that allow everyone to pass on a document unchanged: a closed list. Whatever is not on it is not copied.

The texts of the licences: Creative Commons 1.0 to 4.0 (creativecommons.org/licenses), CC0, and the German licence for
administrative data (govdata.de/dl-de). Those for non-commercial use are not on it: whether the academy's is one, its
operator would have to know.
"""

import re

ALLOWED = re.compile(
    r"cc0(?: 1\.0)?"
    r"|cc[ -]by(?:-sa|-nd)?[ -](?:1\.0|2\.0|2\.5|3\.0|4\.0)(?: (?:de|deutschland|international|unported))?"
    r"|dl-de/(?:by|zero)-2-0"
    r"|datenlizenz deutschland - (?:namensnennung|zero) - (?:version )?2\.0"
)


def allows_copy(licence: str) -> bool:
    """Whether a licence, in the words of a record, allows an archived copy."""
    words = " ".join(licence.replace("–", "-").casefold().split())
    return ALLOWED.fullmatch(words) is not None
