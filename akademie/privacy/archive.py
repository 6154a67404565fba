"""Everything about one person in one ZIP: pages to read, JSON for programs, and files.

Rows and files go to the disk as they are read, so that a large archive takes no more memory than a small one.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape

from akademie.core import frame
from akademie.core.contributions import ExportPart, PeopleData, Subject, people_data

UNSAFE = re.compile(r"[^\w.\- ()]+")
LONGEST_NAME = 120
ROWS = "<!-- rows -->"  # stands in the page of an area where its tables go


@dataclass
class Written:
    """What the table of contents says about an area."""

    key: str
    title: str
    parts: list[tuple[str, int]] = field(default_factory=list)  # title and number of rows
    files: int = 0


def write_archive(path: Path, subject: Subject) -> None:
    """Write the archive of a person to this path; it stands there whole, or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("wb") as file:
            os.chmod(unfinished, 0o600)
            with ZipFile(file, "w", ZIP_DEFLATED) as package:
                areas = [_write_area(package, area, subject, path.parent) for area in people_data]
                _write_frame(package, subject, [area for area in areas if area.parts or area.files])
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_area(package: ZipFile, area: PeopleData, subject: Subject, folder: Path) -> Written:
    """Write the page and the JSON of an area in one pass; the JSON waits on the disk meanwhile."""
    written = Written(area.key, area.title)
    parts = iter(area.export(subject))
    first = next(parts, None)
    if first is None:
        return written
    head, tail = render_to_string("privacy/archive/page.html", {"title": area.title}).split(ROWS)
    waiting: list[Iterable[tuple[str, Any]]] = []
    with tempfile.TemporaryFile(dir=folder) as aside:
        with package.open(f"{area.key}.html", "w", force_zip64=True) as page:
            page.write(head.encode())
            aside.write(f'{{"bereich": {_json(area.title)}, "teile": ['.encode())
            for number, part in enumerate(chain([first], parts)):
                aside.write((",\n" if number else "").encode())
                written.parts.append((part.title, _write_part(page, aside, part)))
                waiting.append(part.files)
            aside.write(b"]}\n")
            page.write(tail.encode())
        aside.seek(0)
        with package.open(f"daten/{area.key}.json", "w", force_zip64=True) as data:
            shutil.copyfileobj(aside, data)
    taken: set[str] = set()
    for name, opened in chain.from_iterable(waiting):
        with suppress(FileNotFoundError), opened() as source:
            with package.open(f"dateien/{area.key}/{_free(name, taken)}", "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)
            written.files += 1
    return written


def _write_part(page: IO[bytes], aside: IO[bytes], part: ExportPart) -> int:
    """Write one table to both; rows with other columns begin a table of their own. Return how many rows there were."""
    page.write(f"<h2>{conditional_escape(part.title)}</h2>\n".encode())
    aside.write(f'{{"titel": {_json(part.title)}, "zeilen": ['.encode())
    count, columns = 0, None
    for row in part.rows:
        if columns != list(row):
            columns = _begin_table(page, part.title, row, again=columns is not None)
        page.write(f"<tr>{''.join(f'<td>{_words(value)}</td>' for value in row.values())}</tr>\n".encode())
        aside.write(((",\n" if count else "") + _json(row)).encode())
        count += 1
    page.write(b"</tbody></table></div>\n" if columns is not None else b"<p>Dazu ist nichts gespeichert.</p>\n")
    aside.write(b"]}")
    return count


def _begin_table(page: IO[bytes], title: str, row: dict[str, Any], *, again: bool) -> list[str]:
    head = "".join(f'<th scope="col">{conditional_escape(column)}</th>' for column in row)
    page.write(
        ("</tbody></table></div>\n" if again else "").encode()
        + f'<div class="breit" tabindex="0" role="group" aria-label="{conditional_escape(title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n".encode()
    )
    return list(row)


def _words(value: Any) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j. F Y, H:i") + " Uhr"
    if isinstance(value, date):
        return date_format(value, "j. F Y")
    if isinstance(value, list | tuple | set):
        return ", ".join(_words(one) for one in value)
    return conditional_escape(str(value)).replace("\n", "<br>")


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    try:
        return DjangoJSONEncoder().default(value)
    except TypeError:
        return list(value) if isinstance(value, set | frozenset) else str(value)


def _free(name: str, taken: set[str]) -> str:
    """Return a file name that leads nowhere else and is not taken."""
    safe = UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(". ")[-LONGEST_NAME:] or "datei"
    free, number = safe, 2
    while free.casefold() in taken:
        stem, dot, ending = safe.rpartition(".")
        free, number = (f"{stem}-{number}.{ending}" if dot else f"{safe}-{number}"), number + 1
    taken.add(free.casefold())
    return free


def _write_frame(package: ZipFile, subject: Subject, areas: Iterable[Written]) -> None:
    """Write what leads to the rest: the table of contents and the look of all pages."""
    values = frame.current()
    context = {
        "subject": subject,
        "areas": areas,
        "site_name": values["site_name"],
        "operator": values["operator"],
        "contact": values["contact_email"],
        "now": timezone.now(),
    }
    package.writestr("index.html", render_to_string("privacy/archive/index.html", context))
    package.writestr("stil.css", render_to_string("privacy/archive/style.txt"))
