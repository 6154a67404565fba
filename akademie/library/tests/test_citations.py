"""Citations and files: what a reference manager reads is what the record says."""

import json
import re

import pytest

from akademie.library.citations import Reference, citation, coins, meta_tags
from akademie.library.exports import bibtex, csl, ris
from akademie.library.kinds import FORMS, Kind
from akademie.library.persons import Contributor, contributor, contributors, spoken

NASTY = '50 % {mehr} & "weniger" \\ $5_x #1 ~ ^ „Größe“\n\tin zwei } Zeilen'


def reference(**changes):
    values = {"key": "ein-eintrag", "kind": Kind.STUDY, "kind_label": "Studie", "title": "Ein Titel"}
    return Reference(**(values | changes))


def people(*lines):
    return tuple(contributors(list(lines)))


# -- names ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Milbert, Antonia", Contributor("Milbert", "Antonia")),
        ("Gatzweiler, Hans-Peter", Contributor("Gatzweiler", "Hans-Peter")),
        ("Porsche, Lars (Hrsg.)", Contributor("Porsche", "Lars", editor=True)),
        ("ARL (Ed.)", Contributor("ARL", editor=True)),
        ("BMI und BBSR", Contributor("BMI und BBSR")),
        (
            "HochschulCampus KleinstadtForschung, BTU Cottbus-Senftenberg",
            Contributor("HochschulCampus KleinstadtForschung, BTU Cottbus-Senftenberg"),
        ),
        (
            "Bundestransferstelle Kleinere Städte und Gemeinden, Plan und Praxis GbR",
            Contributor("Bundestransferstelle Kleinere Städte und Gemeinden, Plan und Praxis GbR"),
        ),
        ("Hamerla, Ehlers, Gruß-Rinck (Büro)", Contributor("Hamerla, Ehlers, Gruß-Rinck (Büro)")),
        ("{Weg, Ziel und Partner}", Contributor("Weg, Ziel und Partner")),
        ("Müller,", Contributor("Müller,")),
    ],
)
def test_names_are_told_from_organisations(line, expected):
    assert contributor(line) == expected


def test_people_of_the_shipped_records(records):
    lines = {line for record in records for line in record["persons"] if "," in line}
    whole = {line for line in lines if not contributor(line).given}
    assert whole == {
        "Bundestransferstelle Kleinere Städte und Gemeinden, Plan und Praxis GbR",
        "Hamerla, Ehlers, Gruß-Rinck, Wegmann (Büro)",
        "HochschulCampus KleinstadtForschung, BTU Cottbus-Senftenberg",
        "Johann Heinrich von Thünen-Institut, Lebensverhältnisse in ländlichen Räumen",
        "Oberste Baubehörde im Bayerischen Staatsministerium des Innern, für Bau und Verkehr",
    }


def test_editors_are_named_once_when_all_edit():
    assert spoken(list(people("Porsche, Lars (Hrsg.)", "BBSR (Hrsg.)"))) == "Porsche, Lars; BBSR (Hrsg.)"
    assert spoken(list(people("Porsche, Lars", "BBSR (Hrsg.)"))) == "Porsche, Lars; BBSR (Hrsg.)"
    assert spoken([]) == ""


# -- the German citation --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"kind": Kind.ESSAY, "kind_label": "Aufsatz", "people": people("Popp, Herbert"), "year": 2019,
             "container": "IzR 6/2018", "publisher": "BBSR", "pages": "3–7"},
            "Popp, Herbert (2019): Ein Titel. In: IzR 6/2018, S. 3–7.",
        ),
        (
            {"kind": Kind.ESSAY, "kind_label": "Aufsatz", "people": people("Beetz, Stephan"), "year": 2021,
             "container": "Kompendium", "container_is_book": True, "container_people": people("Porsche, Lars (Hrsg.)"),
             "publisher": "ARL", "pages": "85–101", "urn": "urn:nbn:de:0156-1034057"},
            "Beetz, Stephan (2021): Ein Titel. In: Porsche, Lars (Hrsg.): Kompendium. ARL, S. 85–101. "
            "urn:nbn:de:0156-1034057",
        ),
        (
            {"kind": Kind.RESEARCH_REPORT, "kind_label": "Forschungsbericht", "people": people("BBSR"), "year": 2018,
             "series": "MORO Praxis 15", "publisher": "BBSR", "pages": "46 Seiten", "isbn": "978-3-87994-533-7"},
            "BBSR (2018): Ein Titel. (= MORO Praxis 15). BBSR. 46 S. ISBN 978-3-87994-533-7.",
        ),
        (
            {"kind": Kind.WEBSITE, "kind_label": "Webseite", "people": people("BBSR"),
             "sources": ("eine Fundstelle", "bbsr.bund.de/cluster")},
            "BBSR (o. J.): Ein Titel [Webseite]. Online: bbsr.bund.de/cluster",
        ),
        ({"title": "Und nun?", "publisher": "Springer", "year": 2020, "doi": "10.1000/x"},
         "Und nun? (2020). Springer. https://doi.org/10.1000/x"),
    ],
    ids=["journal", "book", "report", "website", "nobody"],
)  # fmt: skip
def test_citation_follows_the_kind(changes, expected):
    assert citation(reference(**changes)) == expected


def test_every_kind_can_be_cited_and_exported():
    assert set(FORMS) == set(Kind)
    for kind in Kind:
        one = reference(kind=kind, kind_label=str(kind.label), people=people("BBSR"), year=2020)
        assert citation(one).startswith("BBSR (2020): Ein Titel")
        assert bibtex(one).startswith("@")
        assert ris(one).startswith("TY  - ")
        assert json.loads(csl(one))[0]["type"]


# -- files ----------------------------------------------------------------------------------------------------------
def bibtex_fields(text):
    """Read one entry as BibTeX does: a value ends where its brackets close, whatever stands before a bracket."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([^,]+),\n(.*)\n\}\n", text, re.DOTALL).groups()
    fields, place = {}, 0
    while match := re.compile(r"\s*(\w+) = \{").match(body, place):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        fields[match[1]] = body[match.end() : end - 1]
        place = end + 1 if body[end : end + 1] == "," else end
    assert body[place:].strip() == ""
    return kind, key, fields


def test_bibtex_survives_everything_that_tex_could_misread():
    essay = reference(
        kind=Kind.ESSAY, kind_label="Aufsatz", title=NASTY, people=people("Müller, A. & B.", "{Weg und Ziel, Partner}"),
        container="Zeit & Raum 3/2020", pages="1–9", doi="10.1000/a_b{c", abstract="offen { und } zu }",
    )  # fmt: skip
    kind, key, fields = bibtex_fields(bibtex(essay))
    assert (kind, key) == ("article", "ein-eintrag")
    assert fields["title"] == (
        r"{50 \% \textbraceleft{}mehr\textbraceright{} \& " + '"weniger"' + r" \textbackslash{} \$5\_x \#1 "
        r"\textasciitilde{} \textasciicircum{} „Größe“ in zwei \textbraceright{} Zeilen}"
    )
    assert fields["author"] == r"Müller, A. \& B. and {Weg und Ziel, Partner}"
    assert (fields["journal"], fields["number"], fields["pages"]) == (r"Zeit \& Raum", "3/2020", "1--9")
    assert fields["doi"] == "10.1000/a_b%7Bc"
    assert fields["abstract"] == r"offen \textbraceleft{} und \textbraceright{} zu \textbraceright{}"


def ris_pairs(text):
    """Read one record: every line is a tag and a value, the first says the type, the last ends the record."""
    lines = text.split("\r\n")
    assert lines[-2:] == ["ER  - ", ""]
    pairs = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.+)", line).groups() for line in lines[:-2]]
    assert pairs[0][0] == "TY"
    return pairs


def test_ris_is_one_line_per_value():
    book_part = reference(
        kind=Kind.ESSAY, kind_label="Aufsatz", title=NASTY, people=people("Beetz, Stephan"), year=2021, pages="85–101",
        container="Kompendium", container_is_book=True, container_people=people("Porsche, Lars (Hrsg.)"),
        topics=("Wohnen", "Mobilität"), sources=("eine Fundstelle", "noch eine"), urn="urn:nbn:de:1",
        note="Zeile\r\nzwei",
    )  # fmt: skip
    assert ris_pairs(ris(book_part)) == [
        ("TY", "CHAP"), ("ID", "ein-eintrag"), ("AU", "Beetz, Stephan"), ("ED", "Porsche, Lars"),
        ("TI", '50 % {mehr} & "weniger" \\ $5_x #1 ~ ^ „Größe“ in zwei } Zeilen'), ("T2", "Kompendium"),
        ("PY", "2021"), ("SP", "85"), ("EP", "101"), ("UR", "https://nbn-resolving.org/urn:nbn:de:1"), ("LA", "de"),
        ("M3", "Aufsatz"), ("KW", "Wohnen"), ("KW", "Mobilität"), ("N1", "Zeile zwei"),
        ("N1", "Nachweis: eine Fundstelle; Nachweis: noch eine"),
    ]  # fmt: skip


def test_csl_names_people_and_organisations_apart():
    one = reference(people=people("Beetz, Stephan", "BBSR"), year=2021, isbn="978-3-87994-533-7", publisher="BBSR")
    assert json.loads(csl(one)) == [
        {
            "id": "ein-eintrag", "type": "report", "title": "Ein Titel", "publisher": "BBSR", "genre": "Studie",
            "author": [{"family": "Beetz", "given": "Stephan"}, {"literal": "BBSR"}], "language": "de",
            "issued": {"date-parts": [[2021]]}, "ISBN": "978-3-87994-533-7",
        }
    ]  # fmt: skip


def test_meta_tags_and_coins_of_a_journal_article():
    one = reference(
        kind=Kind.ESSAY, kind_label="Aufsatz", people=people("Popp, Herbert"), year=2019, container="IzR 6/2018",
        container_journal="Informationen zur Raumentwicklung", pages="3–7",
    )  # fmt: skip
    assert meta_tags(one) == [
        ("citation_title", "Ein Titel"),
        ("citation_author", "Popp, Herbert"),
        ("citation_publication_date", "2019"),
        ("citation_journal_title", "Informationen zur Raumentwicklung"),
        ("citation_issue", "6/2018"),
        ("citation_firstpage", "3"),
        ("citation_lastpage", "7"),
        ("citation_language", "de"),
    ]
    assert coins(one) == (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article"
        "&rft.atitle=Ein+Titel&rft.jtitle=Informationen+zur+Raumentwicklung&rft.issue=6%2F2018&rft.au=Popp%2C+Herbert"
        "&rft.date=2019&rft.spage=3&rft.epage=7&rft.language=de"
    )
