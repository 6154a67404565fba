"""Names as the records write them, one a line: `Milbert, Antonia`, `Porsche, Lars (Hrsg.)`, `BBSR (Hrsg.)`."""

import re
from typing import NamedTuple

EDITOR = re.compile(r"\s*\((?:Hrsg|Hg|Ed|Eds)\.?\)$")
# A comma stands in names of people and of organisations; these words only in the latter.
ORGANISATION = re.compile(
    r"institut|campus|gmbh|gbr\b|\be\. ?v\b|\beg\b|stelle|gesellschaft|verband|amt\b|ministeri|stiftung|universität|"
    r"hochschule|akademie|verein|büro|agentur|behörde|beirat|projekt|kammer|zentrum|initiative|netzwerk|politik",
    re.IGNORECASE,
)


class Contributor(NamedTuple):
    """Someone who wrote or edited; an organisation has a name only."""

    name: str  # family name, or the organisation's name
    given: str = ""
    editor: bool = False

    def __str__(self) -> str:
        return f"{self.name}, {self.given}" if self.given else self.name


def contributor(line: str) -> Contributor:
    """Read one line. Curly brackets around a name say that it is one whole: `{Müller, Maier und Partner}`."""
    name = EDITOR.sub("", line.strip())
    editor = name != line.strip()
    if name.startswith("{") and name.endswith("}"):
        return Contributor(name[1:-1].strip(), editor=editor)
    family, comma, given = name.partition(",")
    person = comma and "," not in given and len(given.split()) <= 3 and not ORGANISATION.search(name)
    if not person or not given.strip():
        return Contributor(name, editor=editor)
    return Contributor(family.strip(), given.strip(), editor)


def contributors(lines: list[str]) -> list[Contributor]:
    """Read all lines."""
    return [contributor(line) for line in lines if line.strip()]


def spoken(people: list[Contributor]) -> str:
    """Return the names as a German citation writes them: `Milbert, Antonia; Porsche, Lars (Hrsg.)`."""
    if not people:
        return ""
    if all(person.editor for person in people):
        return "; ".join(str(person) for person in people) + " (Hrsg.)"
    return "; ".join(f"{person} (Hrsg.)" if person.editor else str(person) for person in people)
