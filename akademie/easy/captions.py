"""Captions as WebVTT (W3C): read far enough to be sure that a player can show them."""

import re

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_CUE = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")
_OTHER_BLOCKS = ("NOTE", "STYLE", "REGION")
EXAMPLE = "00:00:01.000 --> 00:00:04.000"


class CaptionError(ValueError):
    """Captions that no player could show. Says in German in which line what is wrong."""


def _fail(line: int, says: str) -> CaptionError:
    return CaptionError(f"Untertitel, Zeile {line}: {says}")


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def check_captions(text: str) -> float:
    """Return after how many seconds the last caption ends; CaptionError names the first line that is wrong."""
    rows = text.lstrip("\ufeff").splitlines()
    if not rows or not re.match(r"^WEBVTT(?:[ \t].*)?$", rows[0]):
        raise _fail(1, "Die Datei beginnt mit WEBVTT. Speichern Sie die Untertitel als WebVTT (.vtt).")
    if len(rows) > 1 and rows[1].strip():
        raise _fail(2, "Nach WEBVTT kommt eine leere Zeile.")
    began = last_end = 0.0
    found = False
    for number, block in _blocks(rows):
        if block[0].startswith(_OTHER_BLOCKS):
            continue
        at = 0 if "-->" in block[0] else 1  # a caption may have a name of its own in the line above
        if at >= len(block) or not (cue := _CUE.match(block[at])):
            raise _fail(number + min(at, len(block) - 1), f"Hier fehlt die Zeit. So sieht sie aus: {EXAMPLE}")
        start, end = _seconds(*cue.groups()[:4]), _seconds(*cue.groups()[4:])
        if end <= start:
            raise _fail(number + at, "Der Untertitel endet, bevor er beginnt.")
        if start < began:
            raise _fail(number + at, "Der Untertitel beginnt früher als der davor.")
        if len(block) == at + 1:
            raise _fail(number + at, "Der Untertitel hat keinen Text.")
        began, last_end, found = start, max(last_end, end), True
    if not found:
        raise _fail(len(rows), f"Es gibt noch keinen Untertitel. So beginnt einer: {EXAMPLE}")
    return last_end


def _blocks(rows: list[str]) -> list[tuple[int, list[str]]]:
    """Return the parts between empty lines after the first line, with the number of their first line."""
    found: list[tuple[int, list[str]]] = []
    open_block = False
    for number, row in enumerate(rows[1:], start=2):
        if not row.strip():
            open_block = False
        elif open_block:
            found[-1][1].append(row)
        else:
            found.append((number, [row]))
            open_block = True
    return found
