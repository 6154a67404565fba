"""A record as others cite and collect it: the German citation, meta tags for reference managers, COinS.

Everything starts from a `Reference`, plain values without a database; `exports` writes the files from it.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from akademie.library.kinds import Kind, KindForms, part_forms
from akademie.library.persons import Contributor, spoken

# "Informationen zur Raumentwicklung 7.2009", "IzR 6/2018": journal and issue
ISSUE = re.compile(r"(?P<journal>.+?)[ ,]+(?P<issue>\d{1,3}\s?[./]\s?\d{4})")
PAGE_RANGE = re.compile(r"(\d+)\s?[-–—]\s?(\d+)")
PAGE_COUNT = re.compile(r"(\d+)\s*(?:Seiten|S\.)")
# A source that is an address and not a description: no space, a host, perhaps a path.
WEB_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a citation needs to know about an item; an empty value means: not documented."""

    key: str
    kind: str
    kind_label: str
    title: str
    people: tuple[Contributor, ...] = ()
    publisher: str = ""
    year: int | None = None
    series: str = ""
    container: str = ""  # journal with issue, or book, as the record says it
    container_is_book: bool = False
    container_journal: str = ""  # the journal's full name where its issue is an item of the library
    container_people: tuple[Contributor, ...] = ()
    pages: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    urn: str = ""
    link: str = ""
    language: str = "de"
    license: str = ""
    abstract: str = ""
    note: str = ""
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    record: str = ""  # address of the record in the library

    @property
    def forms(self) -> KindForms:
        """What the formats call it."""
        return part_forms(self.kind, self.container, self.container_is_book)

    @property
    def authors(self) -> list[Contributor]:
        """Those who wrote it."""
        return [person for person in self.people if not person.editor]

    @property
    def editors(self) -> list[Contributor]:
        """Those who edited it."""
        return [person for person in self.people if person.editor]

    @property
    def journal(self) -> tuple[str, str]:
        """Name of the journal and number of the issue; nothing where it did not appear in one."""
        if not self.container or self.container_is_book:
            return "", ""
        match = ISSUE.fullmatch(self.container)
        name, issue = (match["journal"], match["issue"].replace(" ", "")) if match else (self.container, "")
        return self.container_journal or name, issue

    @property
    def page_range(self) -> tuple[str, str]:
        """First and last page; nothing where the record counts pages or is silent."""
        match = PAGE_RANGE.fullmatch(self.pages)
        return (match[1], match[2]) if match else ("", "")

    @property
    def page_count(self) -> str:
        """Number of pages of the whole, where the record counts them."""
        match = PAGE_COUNT.fullmatch(self.pages)
        return match[1] if match else ""

    @property
    def address(self) -> str:
        """Where the item itself is: DOI, then URN through its resolver, then the link of the record."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.urn:
            return f"https://nbn-resolving.org/{self.urn}"
        return self.link


def without_issue(series: str) -> str:
    """Return a journal's name from the series of one of its issues."""
    match = ISSUE.fullmatch(series)
    return match["journal"] if match else series


def citation(reference: Reference) -> str:
    """Return the citation as German administrations and universities write it (author, year in brackets, title)."""
    year = str(reference.year) if reference.year else "o. J."
    title = reference.title
    if reference.forms.named and reference.kind_label.casefold() not in f"{title} {reference.series}".casefold():
        title += f" [{reference.kind_label}]"
    names = spoken(list(reference.people))
    parts = [f"{names} ({year}): {title}" if names else f"{title} ({year})"]
    if reference.container:
        parts.append(_container(reference))
    else:
        parts += [part for part in (_series(reference), reference.publisher) if part]
        if reference.pages:
            parts.append(f"{reference.page_count} S." if reference.page_count else _pages(reference))
    if reference.isbn:
        parts.append(f"ISBN {reference.isbn}")
    if reference.issn and not reference.isbn:
        parts.append(f"ISSN {reference.issn}")
    text = " ".join(_sentence(part) for part in parts)
    if where := _where(reference):
        text += f" {where}"
    return text


def _container(reference: Reference) -> str:
    editors = spoken(list(reference.container_people))
    text = f"In: {editors}: {reference.container}" if editors else f"In: {reference.container}"
    if reference.container_is_book and reference.publisher:
        text += f". {reference.publisher}"
    return f"{text}, {_pages(reference)}" if reference.pages else text


def _series(reference: Reference) -> str:
    if reference.kind == Kind.JOURNAL_ISSUE or not reference.series:
        return reference.series
    return f"(= {reference.series})"


def _pages(reference: Reference) -> str:
    first, last = reference.page_range
    return f"S. {first}–{last}" if first else f"S. {reference.pages}" if reference.pages.isdigit() else reference.pages


def _sentence(part: str) -> str:
    return part if part.endswith((".", "!", "?", "…")) else f"{part}."


def _where(reference: Reference) -> str:
    if reference.doi:
        return reference.address
    if reference.urn:
        return reference.urn
    if reference.link:
        return reference.link
    if reference.kind in (Kind.WEBSITE, Kind.VIDEO, Kind.TOOL):
        return next((f"Online: {source}" for source in reference.sources if WEB_ADDRESS.fullmatch(source)), "")
    return ""


def meta_tags(reference: Reference) -> list[tuple[str, str]]:
    """Return Highwire's tags, name and content, which Zotero, Citavi and search engines read from the page's head."""
    tags = [("citation_title", reference.title)]
    tags += [("citation_author", str(person)) for person in reference.authors]
    tags += [("citation_editor", str(person)) for person in reference.editors]
    journal, issue = reference.journal
    first, last = reference.page_range
    report = reference.forms.csl == "report"
    tags += [
        ("citation_publication_date", str(reference.year or "")),
        ("citation_journal_title", journal),
        ("citation_issue", issue),
        ("citation_inbook_title", reference.container if reference.container_is_book else ""),
        ("citation_series_title", reference.series),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_technical_report_institution" if report else "citation_publisher", reference.publisher),
        ("citation_isbn", reference.isbn),
        ("citation_issn", reference.issn),
        ("citation_doi", reference.doi),
        ("citation_language", reference.language),
        ("citation_keywords", "; ".join(reference.topics)),
        ("citation_abstract", reference.abstract),
    ]
    return [(name, content) for name, content in tags if content]


def coins(reference: Reference) -> str:
    """Return the ContextObject in a span (OpenURL 1.0), for reference managers that do not read meta tags."""
    journal, issue = reference.journal
    first, last = reference.page_range
    values = [("ctx_ver", "Z39.88-2004")]
    if journal:
        values += [("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"), ("rft.genre", "article")]
        values += [("rft.atitle", reference.title), ("rft.jtitle", journal), ("rft.issue", issue)]
    else:
        genre = {"chapter": "bookitem", "book": "book", "report": "report"}.get(reference.forms.csl, "document")
        values += [("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"), ("rft.genre", genre)]
        if reference.container_is_book:
            values += [("rft.atitle", reference.title), ("rft.btitle", reference.container)]
        else:
            values += [("rft.btitle", reference.title)]
        values += [("rft.series", reference.series), ("rft.pub", reference.publisher), ("rft.isbn", reference.isbn)]
    for person in reference.authors or reference.editors:
        values.append(("rft.au", str(person)))
    values += [("rft.date", str(reference.year or "")), ("rft.spage", first), ("rft.epage", last)]
    values += [("rft.issn", reference.issn), ("rft.language", reference.language)]
    values.append(("rft_id", f"info:doi/{reference.doi}" if reference.doi else reference.address))
    return urlencode([(name, value) for name, value in values if value])
