"""The report as a file for a spreadsheet."""

from plone import api
from tests.browser.report.readings import many_readers
from tests.browser.report.readings import record
from tests.browser.report.reports import rows_of

import pytest
import transaction


def test_the_report_can_be_downloaded(read, visitor):
    answer = visitor("manager").get("/board/@@who-read-this.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert 'filename="board-20' in answer.headers["Content-Disposition"]
    header, *rows = rows_of(answer)
    assert header[:2] == ["Reader", "User id"]
    assert [row[:2] for row in rows] == [
        ["Alice Anders", "alice"],
        ["Bob Berger", "bob"],
        ["Carol Castillo", "carol"],
    ]
    bob = dict(zip(header, rows[1], strict=True))
    assert (bob["Times opened"], bob["Evidence"]) == ("2", "Opened")
    assert bob["First opened or downloaded"].startswith("2026-05-04 12:00:00")


def test_the_download_holds_all_pages_and_the_filter(tracked, visitor):
    many_readers(tracked.agenda)
    manager = visitor("manager")
    path = "/board/agenda/@@who-read-this.csv"
    assert len(rows_of(manager.get(path))) == 46
    assert len(rows_of(manager.get(path + "?reader=reader1&b_size=3"))) == 11


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_is_run_as_a_formula(tracked, visitor, start):
    formula = start + 'HYPERLINK("http://evil.example.com")'
    api.user.get("alice").setMemberProperties({"fullname": formula})
    record(tracked.agenda, "alice")
    transaction.commit()
    _, row = rows_of(visitor("manager").get("/board/agenda/@@who-read-this.csv"))
    assert row[0].startswith("'")
