"""Links and dangers in PDF files, real ones and made up ones."""

import zlib

import pytest
import typst

from akademie.weblinks import pdf

ADDRESSES = ["https://stadt.example/a_(b)", "https://stadt.example/straße?x=1&y=2", "http://alt.example/"]


def written(source: str, standard: str = "1.7") -> bytes:
    return typst.compile(source.encode(), format="pdf", pdf_standards=[standard])


def made(*objects: bytes, end: bytes = b"trailer << >>\n%%EOF") -> bytes:
    numbered = (b"%d 0 obj\n%s\nendobj" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + b"\n".join(numbered) + b"\n" + end


def packed(objects: bytes) -> bytes:
    data = zlib.compress(objects)
    return b"<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


@pytest.mark.parametrize("standard", ["1.4", "1.7", "a-2b"])
def test_links_of_a_real_file_are_found(standard: str) -> None:
    links = "\n\n".join(f'#link("{address}")[hier]' for address in [*ADDRESSES, ADDRESSES[0]])
    file = written(f'#set document(title: "x")\n{links}', standard)
    assert [address.replace("%C3%9F", "ß") for address in pdf.links(file)] == ADDRESSES
    assert pdf.is_passive(file)


def test_links_in_packed_objects_and_with_escapes_are_found() -> None:
    file = made(
        packed(b"<< /Type /Annot /A << /S /URI /URI (https://a.example/\\(x\\)\\057y) >> >>"),
        b"<< /A << /S /URI /URI <68747470733A2F2F622E6578616D706C652F> >> >>",
        b"<< /Length 40 >>\nstream\n/URI (https://text.example/) in a page\nendstream",
    )
    assert sorted(pdf.links(file)) == ["https://a.example/(x)/y", "https://b.example/"]


@pytest.mark.parametrize(
    "file",
    [
        b"<html>", b"", b"%PDF-1.7 broken off", made(b"<< /Encrypt 5 0 R >>"),
        made(b"<< /Type /XRef /Encrypt 5 0 R >>\nstream\nx\nendstream"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(file: bytes) -> None:
    with pytest.raises(pdf.NotReadable):
        pdf.links(file)


def test_a_file_that_unpacks_to_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 100_000)
    with pytest.raises(pdf.NotReadable):
        pdf.links(made(packed(b"x" * 200_000)))


@pytest.mark.parametrize(
    ("object_", "passive"),
    [
        (b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", False), (b"<< /S /J#61vaScript >>", False),
        (b"<< /S /Launch /F (cmd.exe) >>", False), (b"<< /EmbeddedFiles 3 0 R >>", False), (b"<< /XFA 3 0 R >>", False),
        (packed(b"<< /S /JavaScript >>"), False), (b"<< /S /URI /URI (https://a.example/) >>", True),
        (b"<< /Length 9 >>\nstream\n/Launch x\nendstream", True),
    ],
)  # fmt: skip
def test_what_does_something_is_not_passive(object_: bytes, passive: bool) -> None:
    assert pdf.is_passive(made(object_)) == passive
