"""Whatever somebody is called: the files can be read, and run nothing."""

from datetime import datetime
from datetime import timezone
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from io import BytesIO
from openpyxl import load_workbook
from random import Random
from slc.clicktracker import _
from slc.clicktracker.exports.comma_separated import CommaSeparated
from slc.clicktracker.exports.comma_separated import plain_cell
from slc.clicktracker.exports.file_format import PART
from slc.clicktracker.exports.json_document import JSONDocument
from slc.clicktracker.exports.table import ExportTable
from slc.clicktracker.exports.words import Words
from slc.clicktracker.exports.workbook import ExcelWorkbook
from slc.clicktracker.exports.workbook import LONGEST_TEXT
from slc.clicktracker.exports.workbook import sheet_text
from slc.clicktracker.reports.columns import Column
from tests.nightly import examples
from zope.i18n import translate

import csv
import io
import json
import re


TEXTS = st.text(st.characters(), max_size=40)

thorough = examples(100, nightly=2_000)

NASTY = (
    '=HYPERLINK("http://evil.example.com")',
    "<r><t>raw</t></r>",
    "</t></is></c>",
    "_x0041_",
    "\x00\x1f\x7f￾￿",
    "\ud800",
    " spaces ",
    "two\r\nlines",
    "http://evil.example.com",
    "0123",
    "👩‍⚖️",
)


def written(export, texts, columns=1, language="en"):
    """Return the file with one column of texts, or several that are alike."""
    column = Column("text", _("Text"), 20, lambda row: row)
    words = Words(str, timezone.utc, language)
    file = BytesIO()
    export().write(file, ExportTable((column,) * columns, texts, (), words))
    return file.getvalue()


def test_a_workbook_is_sent_while_its_last_rows_are_still_looked_for():
    looked_for = []

    def rows():
        random = Random(5)
        for number in range(600):
            looked_for.append(number)
            yield f"{random.getrandbits(4000):x}"

    column = Column("text", _("Text"), 20, lambda row: row)
    table = ExportTable((column,), rows(), (), Words(str, timezone.utc))
    parts = ExcelWorkbook().parts(table)
    first = next(parts)
    assert len(first) >= PART
    assert len(looked_for) < 600
    workbook = load_workbook(BytesIO(first + b"".join(parts)))
    assert len(list(workbook.worksheets[0].values)) == 1 + 600
    assert list(workbook.worksheets[1].values) == [("Number of rows", 600)]
    assert workbook.worksheets[0].auto_filter.ref == "A1:A601"


def kept(text):
    """Return what is left of a text that UTF-8 can't hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@thorough
@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(list(NASTY))
def test_csv_holds_every_text_and_no_formula(texts):
    content = written(CommaSeparated, texts).decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(content, newline=""))
    assert [row[0] for row in rows] == [plain_cell(text) for text in texts]
    assert not any(re.match(r"[=+\-@\t\r\n＝＋－＠]", row[0]) for row in rows)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", content)


def test_whatever_a_spreadsheet_cuts_at_no_cell_becomes_a_formula():
    """Excel in German takes a comma for text, and may cut at any semicolon."""
    for text in ("x;=1+1;y", "x,=1+1", "x\t@SUM(1)", "x\n-1", "x|+1", "x;\u200b=1"):
        assert re.search("[,;|\t\n]'\u200b?[=@+-]", plain_cell(text))
    for hidden in ("\u200b", "\ufeff", "\u2060\u200b", "\u202e"):
        assert plain_cell(f"{hidden}=1+1").startswith("'")
    for harmless in ("Minutes; part - two", "a-b", "1 = 1", "me@example.com"):
        assert plain_cell(harmless) == harmless


def test_csv_is_separated_as_spreadsheets_in_the_language_expect():
    for language, separator in (("en", ","), ("de", ";"), ("fr", ";"), ("de-ch", ",")):
        content = written(CommaSeparated, ["x"], 2, language).decode("utf-8-sig")
        assert content == f'"Text"{separator}"Text"\r\n"x"{separator}"x"\r\n'


@thorough
@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(list(NASTY))
def test_json_holds_every_text(texts):
    found = json.loads(written(JSONDocument, texts).decode())
    assert [row["text"] for row in found["rows"]] == list(map(kept, texts))
    assert found["number_of_rows"] == len(texts)


@thorough
@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(list(NASTY))
def test_a_sheet_holds_every_text_as_text(texts):
    book = load_workbook(BytesIO(written(ExcelWorkbook, texts)))
    cells = [row[0] for row in book["Readers"].iter_rows(min_row=2)]
    cells += [None] * (len(texts) - len(cells))
    for cell, text in zip(cells, texts, strict=True):
        if not text:
            assert cell is None or cell.value is None
            continue
        assert cell.data_type in ("s", "inlineStr")
        assert cell.hyperlink is None
        # Excel reads _x005F_ as the underscore that it stands for.
        value = (cell.value or "").replace("_x005F_", "_")
        lines = kept(text).replace("\r\n", "\n").replace("\r", "\n")
        expected = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "\ufffd", lines)
        assert value.rstrip(" ") == expected.rstrip(" ")


def test_a_text_longer_than_a_cell_is_cut_where_a_character_ends():
    for text in ("x" * (LONGEST_TEXT + 5), "👩" * LONGEST_TEXT):
        cut = sheet_text(text)
        assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_TEXT - 1, LONGEST_TEXT)
        assert text.startswith(cut)
        book = load_workbook(BytesIO(written(ExcelWorkbook, [text])))
        assert book["Readers"]["A2"].value == cut


def test_numbers_times_and_nothing_are_what_they_are():
    noon = datetime(2026, 5, 4, 12, 0, 0, 999_999, timezone.utc)
    cells = [7, noon, True, None]
    book = load_workbook(BytesIO(written(ExcelWorkbook, cells)))
    values = [row[0].value for row in book["Readers"].iter_rows(min_row=2)]
    assert values[:3] == [7, datetime(2026, 5, 4, 12), "yes"]
    found = json.loads(written(JSONDocument, cells))
    values = [row["text"] for row in found["rows"]]
    assert values == [7, "2026-05-04T12:00:00+00:00", True, None]
    text = written(CommaSeparated, cells).decode("utf-8-sig")
    assert text == '"Text"\r\n"7"\r\n"2026-05-04 12:00:00+00:00"\r\n"yes"\r\n""\r\n'


def test_a_fraction_has_the_decimal_sign_of_the_language():
    for language, fraction in (("en", "33.5"), ("de", "33,5")):
        text = written(CommaSeparated, [33.5], language=language).decode("utf-8-sig")
        assert text == f'"Text"\r\n"{fraction}"\r\n'
    book = load_workbook(BytesIO(written(ExcelWorkbook, [33.5], language="de")))
    assert book["Readers"]["A2"].value == 33.5
    assert json.loads(written(JSONDocument, [33.5]))["rows"] == [{"text": 33.5}]


def test_messages_that_differ_in_a_number_are_told_apart():
    words = Words(translate, timezone.utc)
    told = [
        words.plain(_("${number} items", mapping={"number": number}))
        for number in (1, 2, 1)
    ]
    assert told == ["1 items", "2 items", "1 items"]
