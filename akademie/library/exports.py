"""A record as a file for reference managers: BibTeX, RIS, CSL-JSON."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from akademie.library.citations import Reference
from akademie.library.persons import Contributor

# What TeX reads as a command. BibTeX counts brackets even behind a backslash, so these go by their names. Letters
# outside ASCII stay: BibTeX files are UTF-8 today, and every reader takes them.
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
        "#": r"\#", "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
LANGUAGES = {"de": "ngerman", "en": "english"}


def _one_line(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).strip()


def latex(value: str) -> str:
    """Return a text that TeX prints as it is."""
    return _one_line(value).translate(LATEX)


def bibtex(reference: Reference) -> str:
    """Return one BibTeX entry. Titles stand in double brackets: German nouns keep their capitals."""
    kind = reference.forms.bibtex
    journal, issue = reference.journal
    first, last = reference.page_range
    pages = f"{first}--{last}" if first else reference.pages if not reference.page_count else ""
    fields = [
        ("author", _bibtex_people(reference.authors)),
        ("editor", _bibtex_people(reference.editors or list(reference.container_people))),
        ("title", f"{{{latex(reference.title)}}}"),
        ("booktitle", f"{{{latex(reference.container)}}}" if reference.container_is_book else ""),
        ("journal", latex(journal)),
        ("number", latex(issue)),
        ("pages", latex(pages)),
        ("pagetotal", reference.page_count),
        ("institution" if kind == "techreport" else "publisher", latex(reference.publisher)),
        ("year", str(reference.year or "")),
        ("series", latex(reference.series)),
        ("type", latex(reference.kind_label) if kind == "techreport" else ""),
        ("howpublished", latex(reference.kind_label) if kind == "misc" else ""),
        ("isbn", reference.isbn),
        ("issn", reference.issn),
        ("doi", _plain(reference.doi)),
        ("urn", _plain(reference.urn)),
        ("url", _plain(reference.address)),
        ("langid", LANGUAGES.get(reference.language, "")),
        ("keywords", latex(", ".join(topic.replace(",", " /") for topic in reference.topics))),
        ("abstract", latex(reference.abstract)),
        ("note", latex(reference.note)),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value and value != "{}"]
    return f"@{kind}{{{reference.key},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_people(people: Iterable[Contributor]) -> str:
    """Join names with `and`; an organisation stands in brackets, so that nothing in it is taken apart."""
    return " and ".join(
        f"{latex(person.name)}, {latex(person.given)}" if person.given else f"{{{latex(person.name)}}}"
        for person in people
    )


def _plain(value: str) -> str:
    """Return an identifier or address, which TeX reads verbatim; brackets would end the field."""
    return _one_line(value).replace("{", "%7B").replace("}", "%7D")


def ris(reference: Reference) -> str:
    """Return one RIS record: two letters, two spaces, a dash; lines end as the format asks, with CR and LF."""
    journal, issue = reference.journal
    first, last = reference.page_range
    container = reference.container if reference.container_is_book else journal
    pairs: list[tuple[str, object]] = [("TY", reference.forms.ris), ("ID", reference.key)]
    pairs += [("AU", person) for person in reference.authors]
    pairs += [("ED", person) for person in reference.editors or reference.container_people]
    pairs += [
        ("TI", reference.title),
        ("T2", container),
        ("IS", issue),
        ("T3", reference.series),
        ("PB", reference.publisher),
        ("PY", reference.year),
        ("SP", first or reference.page_count),
        ("EP", last),
        ("SN", reference.isbn or reference.issn),
        ("DO", reference.doi),
        ("UR", reference.address),
        ("LA", reference.language),
        ("M3", reference.kind_label),
        ("AB", reference.abstract),
    ]
    pairs += [("KW", topic) for topic in reference.topics]
    pairs += [("N1", reference.note), ("N1", "; ".join(f"Nachweis: {source}" for source in reference.sources))]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in pairs if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(reference: Reference) -> str:
    """Return a CSL-JSON list with this one item."""
    journal, issue = reference.journal
    first, last = reference.page_range
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.forms.csl,
        "title": reference.title,
        "author": [_csl_name(person) for person in reference.authors],
        "editor": [_csl_name(person) for person in reference.editors or reference.container_people],
        "container-title": reference.container if reference.container_is_book else journal,
        "issue": issue,
        "collection-title": reference.series,
        "publisher": reference.publisher,
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "page": f"{first}-{last}" if first else "",
        "number-of-pages": reference.page_count,
        "ISBN": reference.isbn,
        "ISSN": reference.issn,
        "DOI": reference.doi,
        "URL": reference.address,
        "language": reference.language,
        "genre": reference.kind_label,
        "keyword": ", ".join(reference.topics),
        "abstract": reference.abstract,
        "note": reference.note,
    }
    filled = {name: value for name, value in item.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=2) + "\n"


def _csl_name(person: Contributor) -> dict[str, str]:
    return {"family": person.name, "given": person.given} if person.given else {"literal": person.name}


class FileFormat(NamedTuple):
    """One of the files offered."""

    label: str
    media_type: str
    write: Callable[[Reference], str]


FILE_FORMATS = {
    "bib": FileFormat("BibTeX", "application/x-bibtex", bibtex),
    "ris": FileFormat("RIS", "application/x-research-info-systems", ris),
    "csl.json": FileFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
}
