"""Tables and codes of documents; PDFs are tested with the Steckbrief, the first that is one."""

from akademie.core import documents


def test_the_code_of_a_page_is_drawn_without_style_and_script() -> None:
    drawn = documents.page_code("/formate/webinar/")
    assert drawn.startswith("<svg ")
    assert [word for word in ("style", "script", "xlink", "&") if word in drawn] == []
    assert documents.page_code("/formate/forum/") != drawn


def test_csv_cells_are_never_formulas() -> None:
    table = documents.csv_table(["a"], [["=1+1"], ["-2"], ["@x"], ["+4"], [-5], ['"; x']])
    expected = ["\ufeffa", "'=1+1", "'-2", "'@x", "'+4", "-5", '"""; x"', ""]
    assert table.decode().split("\r\n") == expected


def test_numbers_in_csv_stay_numbers_below_zero_too() -> None:
    table = documents.csv_table(["a", "b"], [[-3.5, -5], [0.25, 12]])
    assert table.decode().split("\r\n") == ["\ufeffa;b", "-3,5;-5", "0,25;12", ""]
