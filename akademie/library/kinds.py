"""Kinds of library items: the data's words, the screen's groups, and what citation formats call them. The one place."""

from typing import NamedTuple

from django.db import models


class Kind(models.TextChoices):
    """What an item is, in the data's own words; the screen shows the same word on the record."""

    ESSAY = "aufsatz", "Aufsatz"
    ENCYCLOPEDIA_ENTRY = "lexikonbeitrag", "Lexikonbeitrag"
    BOOK = "buch", "Buch"
    COLLECTION = "sammelband", "Sammelband"
    JOURNAL_ISSUE = "zeitschriftenheft", "Zeitschriftenheft"
    BIBLIOGRAPHY = "bibliographie", "Bibliographie"
    STUDY = "studie", "Studie"
    RESEARCH_REPORT = "forschungsbericht", "Forschungsbericht"
    EXPERT_OPINION = "expertise", "Expertise"
    WORKING_PAPER = "working-paper", "Working Paper"
    STATUS_REPORT = "statusbericht", "Statusbericht"
    FINAL_REPORT = "abschlussbericht", "Abschlussbericht"
    SPECIAL_ISSUE = "sonderveroeffentlichung", "Sonderveröffentlichung"
    DOCUMENTATION = "dokumentation", "Dokumentation"
    WORKING_AID = "arbeitshilfe", "Arbeitshilfe"
    HANDOUT = "handreichung", "Handreichung"
    GUIDE = "leitfaden", "Leitfaden"
    BROCHURE = "broschuere", "Broschüre"
    DEVELOPMENT_PLAN = "entwicklungskonzept", "Entwicklungskonzept"
    POSITION_PAPER = "positionspapier", "Positionspapier"
    CALL_TEXT = "projektaufruf", "Projektaufruf"
    FORM = "formular", "Formular"
    RESEARCH_PROJECT = "forschungsprojekt", "Forschungsprojekt"
    WEBSITE = "webseite", "Webseite"
    VIDEO = "video", "Video"
    TOOL = "werkzeug", "Werkzeug"


class KindGroup(models.TextChoices):
    """Kinds as people look for them: the choices of the list's facet."""

    REPORTS = "studien-berichte", "Studien und Berichte"
    ESSAYS = "aufsaetze", "Aufsätze"
    AIDS = "arbeitshilfen", "Arbeitshilfen und Broschüren"
    BOOKS = "buecher-hefte", "Bücher und Hefte"
    PLANS = "konzepte", "Konzepte und Positionen"
    CALLS = "aufrufe", "Aufrufe und Formulare"
    PROJECTS = "projekte-webseiten", "Projekte und Webseiten"
    MEDIA = "videos-werkzeuge", "Videos und Werkzeuge"


class KindForms(NamedTuple):
    """A kind in other words. `named`: a citation says the kind, since title and publisher do not tell it."""

    group: KindGroup
    bibtex: str
    ris: str
    csl: str
    named: bool = False


_REPORT = KindForms(KindGroup.REPORTS, "techreport", "RPRT", "report")
_AID = KindForms(KindGroup.AIDS, "techreport", "RPRT", "report")

# Parts of a journal or a book are told by where they appeared: see `part_forms`.
FORMS: dict[str, KindForms] = {
    Kind.ESSAY: KindForms(KindGroup.ESSAYS, "misc", "GEN", "article"),
    Kind.ENCYCLOPEDIA_ENTRY: KindForms(KindGroup.ESSAYS, "misc", "ENCYC", "entry-encyclopedia", named=True),
    Kind.BOOK: KindForms(KindGroup.BOOKS, "book", "BOOK", "book"),
    Kind.COLLECTION: KindForms(KindGroup.BOOKS, "book", "BOOK", "book"),
    Kind.JOURNAL_ISSUE: KindForms(KindGroup.BOOKS, "book", "BOOK", "book"),
    Kind.BIBLIOGRAPHY: KindForms(KindGroup.BOOKS, "misc", "GEN", "document", named=True),
    Kind.STUDY: _REPORT,
    Kind.RESEARCH_REPORT: _REPORT,
    Kind.EXPERT_OPINION: _REPORT._replace(named=True),
    Kind.WORKING_PAPER: _REPORT._replace(named=True),
    Kind.STATUS_REPORT: _REPORT,
    Kind.FINAL_REPORT: _REPORT,
    Kind.SPECIAL_ISSUE: _REPORT,
    Kind.DOCUMENTATION: _REPORT,
    Kind.WORKING_AID: _AID,
    Kind.HANDOUT: _AID,
    Kind.GUIDE: _AID,
    Kind.BROCHURE: KindForms(KindGroup.AIDS, "booklet", "PAMP", "pamphlet", named=True),
    Kind.DEVELOPMENT_PLAN: KindForms(KindGroup.PLANS, "techreport", "RPRT", "report"),
    Kind.POSITION_PAPER: KindForms(KindGroup.PLANS, "techreport", "RPRT", "report", named=True),
    Kind.CALL_TEXT: KindForms(KindGroup.CALLS, "misc", "GEN", "document"),
    Kind.FORM: KindForms(KindGroup.CALLS, "misc", "GEN", "document", named=True),
    Kind.RESEARCH_PROJECT: KindForms(KindGroup.PROJECTS, "misc", "GEN", "document", named=True),
    Kind.WEBSITE: KindForms(KindGroup.PROJECTS, "misc", "ELEC", "webpage", named=True),
    Kind.VIDEO: KindForms(KindGroup.MEDIA, "misc", "VIDEO", "motion_picture", named=True),
    Kind.TOOL: KindForms(KindGroup.MEDIA, "misc", "GEN", "document", named=True),
}


def part_forms(kind: str, container: str, container_is_book: bool) -> KindForms:
    """Return what formats call an item, which for an essay depends on where it appeared."""
    forms = FORMS[kind]
    if forms.group is not KindGroup.ESSAYS or not container:
        return forms
    if container_is_book:
        return forms._replace(bibtex="incollection", ris="CHAP", csl="chapter", named=False)
    return forms._replace(bibtex="article", ris="JOUR", csl="article-journal", named=False)
