"""CSV, XLSX and JSON: the list that is on the screen, all of it, and nothing else."""

from datetime import datetime
from datetime import timedelta
from openpyxl import load_workbook
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.exports import workbook
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.words.names import name_of
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.report.exported import exported
from tests.browser.report.exported import FORMATS
from tests.browser.report.readings import many_readers
from tests.browser.report.readings import NOON
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.versions import record
from zope.component import getGlobalSiteManager

import io
import json
import pytest
import tempfile
import transaction


AGENDA = "/board/agenda/@@who-read-this"


def many_times(agenda):
    """Readers who differ in everything that one can sort by."""
    for number, user in enumerate(("carol", "alice", "bob")):
        for _ in range(number + 1):
            record(
                agenda,
                user,
                issued=NOON + timedelta(hours=number),
                opened=NOON + timedelta(hours=number),
                seen=NOON + timedelta(hours=number + 1),
                engaged=60_000 * number,
                depth=40 * number,
                marks=(NO_MARKS, Marks.PRINTED, Marks.ENDED)[number],
            )


@pytest.mark.parametrize("sort", ["name", "count", "engaged", "level", "last"])
def test_the_order_is_that_of_the_screen(tracked, visitor, sort):
    many_times(tracked.agenda)
    manager = visitor("manager")
    for order in ("", "reverse"):
        parameters = f"?sort_on={sort}&sort_order={order}"
        expected = names_in(manager.get(REPORT + parameters))
        assert len(expected) == 3
        for kind in FORMATS:
            found = exported(manager.get(f"{AGENDA}.{kind}{parameters}"))
            assert [row[0] for row in found.rows] == expected


def test_all_pages_of_what_is_searched_for(tracked, visitor):
    many_readers(tracked.agenda)
    manager = visitor("manager")
    for kind in FORMATS:
        path = f"{AGENDA}.{kind}"
        assert len(exported(manager.get(path)).rows) == 45
        found = exported(manager.get(f"{path}?reader=reader1&b_size=3&b_start=3"))
        assert [row[1] for row in found.rows] == [f"reader1{n}" for n in range(10)]


def test_filters_by_level_and_time_are_those_of_the_screen(tracked, visitor):
    many_times(tracked.agenda)
    record(tracked.agenda, "dora", seen=NOON + timedelta(days=3))
    manager = visitor("manager")
    for parameters in (
        "?level=opened",
        "?level=finished",
        "?since=2026-05-05",
        "?until=2026-05-05&level=opened",
    ):
        expected = names_in(manager.get(REPORT + parameters))
        assert 0 < len(expected) < 4
        for kind in FORMATS:
            found = exported(manager.get(f"{AGENDA}.{kind}{parameters}"))
            assert [row[0] for row in found.rows] == expected
    about = exported(manager.get(f"{AGENDA}.json{parameters}")).about
    assert (about["only_level"], about["until"]) == ("opened", "2026-05-05")
    about = exported(manager.get(f"{AGENDA}.xlsx{parameters}")).about
    assert about["Level reached"] == "Opened"


def test_a_file_that_was_only_downloaded_says_nothing_of_a_page(tracked, visitor):
    record(tracked.agenda, "alice", origin=DOWNLOADED)
    (row,) = json.loads(visitor("manager").get(f"{AGENDA}.json").content)["rows"]
    assert (row["level"], row["opened"]) == ("downloaded", 0)
    assert row["downloaded"] == "2026-05-04T12:00:00+00:00"
    for name in ("seconds", "percent", "ended", "printed"):
        assert row[name] is None


def test_a_list_without_entries_is_a_file_without_rows(tracked, visitor):
    manager = visitor("manager")
    for kind in FORMATS:
        found = exported(manager.get(f"{AGENDA}.{kind}"))
        assert found.titles[0] == "Reader"
        assert found.rows == []


@pytest.mark.parametrize("kind", FORMATS)
def test_each_tab_is_exported(tracked, visitor, kind):
    expect(tracked.agenda, "alice", "bob", "carol")
    record(tracked.agenda, "alice", Version("", "of-an-older-text"))
    excuse(tracked.agenda, Reader("bob"), "on leave")
    transaction.commit()
    manager = visitor("manager")

    def rows(tab):
        answer = manager.get(f"{AGENDA}.{kind}?tab={tab}")
        assert f"agenda-{tab}-2" in answer.headers["Content-Disposition"]
        return exported(answer).rows

    assert rows("read") == []
    assert [row[0] for row in rows("older")] == ["Alice Anders"]
    assert [row[:2] for row in rows("absent")] == [["Carol Castillo", "carol"]]
    ((*excused, _when),) = rows("excused")
    by = name_of(Reader(api.user.get_current().getId()))
    assert excused == ["Bob Berger", "bob", "on leave", by]


def test_who_has_excused_somebody_is_exported_by_name(tracked, visitor):
    with api.env.adopt_user(username="carol"):
        excuse(tracked.agenda, Reader("bob"), "on leave")
    transaction.commit()
    answer = visitor("manager").get(f"{AGENDA}.json?tab=excused")
    (row,) = answer.json()["rows"]
    assert row["recorded_by"] == "Carol Castillo (carol)"


def test_what_a_list_is_sorted_by_is_said_in_the_words_of_its_columns(tracked, visitor):
    many_times(tracked.agenda)
    manager = visitor("manager")
    for sort, title, name in (
        ("name", "Reader", "reader"),
        ("count", "Times opened, all versions", "opened_any"),
        ("engaged", "Seconds read", "seconds"),
        ("last", "Last time, all versions", "last_any"),
    ):
        found = exported(manager.get(f"{AGENDA}.xlsx?sort_on={sort}"))
        assert found.about["Sorted by"] == title
        assert title in found.titles
        about = manager.get(f"{AGENDA}.json?sort_on={sort}").json()["about"]
        assert about["sorted_by"] == name
    for tab in ("absent", "excused"):
        path = f"{AGENDA}.json?tab={tab}&sort_on=count&sort_order=reverse"
        about = manager.get(path).json()["about"]
        assert about["sorted_by"] is about["reverse"] is None


def test_a_program_finds_numbers_times_and_what_is_not_known(tracked, visitor):
    many_times(tracked.agenda)
    answer = visitor("manager").get(f"{AGENDA}.json?reader=alice")
    assert answer.headers["Content-Type"] == "application/json"
    found = json.loads(answer.content)
    (row,) = found["rows"]
    version = tracked.agenda.version_id
    assert row == {
        "reader": "Alice Anders",
        "user": "alice",
        "note": None,
        "document": "Agenda",
        "address": tracked.agenda.absolute_url(),
        "level": "engaged",
        "acknowledged": None,
        "attested": None,
        "overdue": None,
        "version": "2026-05-04" if version is None else str(version),
        "versions_behind": 0,
        "standing": "current",
        "counts_as": None,
        "seconds": 120,
        "percent": 40,
        "ended": False,
        "printed": True,
        "opened": 2,
        "cached": 0,
        "first": "2026-05-04T13:00:00+00:00",
        "last": "2026-05-04T14:00:00+00:00",
        "downloaded": None,
        "opened_any": 2,
        "first_any": "2026-05-04T13:00:00+00:00",
        "last_any": "2026-05-04T14:00:00+00:00",
    }
    about = found["about"]
    assert about["document"] == "Agenda"
    assert about["uid"] == tracked.agenda.UID()
    assert about["version"] == (None if version is None else str(version))
    assert (about["list"], about["search"]) == ("read", "alice")
    assert about["tracked"] is True
    assert (about["words_per_minute"], about["least_seconds"]) == (600, 5)
    assert datetime.fromisoformat(about["made"]).tzinfo is not None
    proofs = {level["name"]: level["proves"] for level in about["levels"]}
    assert "reader's own browser" in proofs["opened"]
    assert "vouches for the reader" in proofs["attested"]
    assert "did not read" in about["no_evidence"]


def test_a_spreadsheet_finds_numbers_and_times(tracked, visitor):
    many_times(tracked.agenda)
    answer = visitor("manager").get(f"{AGENDA}.xlsx?reader=alice")
    found = exported(answer)
    row = dict(zip(found.titles, found.rows[0], strict=True))
    assert row["Evidence"] == "Engaged"
    assert (row["Seconds read"], row["Times opened"]) == (120, 2)
    assert row["First opened or downloaded"] == datetime(2026, 5, 4, 13)
    assert (row["Printed"], row["End seen"]) == ("yes", "no")
    assert row["Note"] is None
    assert found.about["Name or user id contains"] == "alice"
    assert "reader's own browser" in found.about["Opened"]
    sheet = load_workbook(io.BytesIO(answer.content))["Readers"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Y2"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold


def test_the_three_say_the_same(tracked, visitor):
    many_times(tracked.agenda)
    manager = visitor("manager")
    plain, sheet, data = (exported(manager.get(f"{AGENDA}.{k}")) for k in FORMATS)
    assert plain.titles == sheet.titles == data.titles
    for column in ("Reader", "Document", "Address", "Seconds read", "Times opened"):
        at = plain.titles.index(column)
        assert [row[at] for row in plain.rows] == [str(row[at]) for row in sheet.rows]
        # A number or none is what a program wants.
        told = [None if row[at] == "not reported" else row[at] for row in sheet.rows]
        assert told == [row[at] for row in data.rows]


@pytest.mark.parametrize("name", ["bob", None])
def test_names_are_for_those_with_the_permission(read, visitor, name):
    somebody = visitor(name)
    for kind in FORMATS:
        answer = somebody.get(f"{AGENDA}.{kind}")
        assert "attachment" not in answer.headers.get("Content-Disposition", "")
        assert "Castillo" not in answer.text


@pytest.mark.parametrize("kind", FORMATS)
def test_what_the_viewer_may_not_see_is_not_exported(read, visitor, kind):
    give_role(read, "carol")
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(read.budget, "retract")
    transaction.commit()
    carol = visitor("carol")
    found = exported(carol.get(f"/board/@@who-read-this.{kind}"))
    assert [row[0] for row in found.rows] == ["Bob Berger", "Carol Castillo"]
    answer = carol.get(f"/board/budget/@@who-read-this.{kind}")
    assert "insufficient-privileges" in answer.url


@pytest.mark.parametrize("kind", FORMATS)
def test_no_cache_keeps_it_and_it_is_named_by_document_tab_and_day(read, visitor, kind):
    headers = visitor("manager").get(f"{AGENDA}.{kind}").headers
    assert headers["Cache-Control"] == "private, no-store"
    name = headers["Content-Disposition"]
    assert name.startswith('attachment; filename="agenda-read-20')
    assert name.endswith(f'.{kind}"')


class FailingStorage(MemoryStorage):
    """Its database goes away in the middle of a list."""

    def each_reading(self, query):
        for number, reading in enumerate(super().each_reading(query)):
            if number == 20:
                raise StorageUnavailable("gone away")
            yield reading


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("kind", FORMATS)
def test_a_list_that_breaks_off_is_no_file(tracked, visitor, kind, temporary):
    components = getGlobalSiteManager()
    storage = FailingStorage()
    components.registerUtility(storage, IClickStorage)
    try:
        many_readers(tracked.agenda)
        answer = visitor("manager").get(f"/board/@@who-read-this.{kind}")
    finally:
        components.unregisterUtility(storage, IClickStorage)
    assert answer.status_code == 503
    assert "can't be reached" in answer.text
    assert "reader01" not in answer.text
    assert "Content-Disposition" not in answer.headers
    assert list(temporary.iterdir()) == []


def test_nothing_stays_on_the_disk(read, visitor, temporary):
    manager = visitor("manager")
    for kind in FORMATS:
        assert exported(manager.get(f"{AGENDA}.{kind}")).rows
    assert list(temporary.iterdir()) == []


def test_more_rows_than_excel_can_have_are_said_and_not_cut(
    tracked, visitor, monkeypatch
):
    many_readers(tracked.agenda)
    manager = visitor("manager")
    monkeypatch.setattr(workbook, "MOST_ROWS", 46)
    assert len(exported(manager.get(f"{AGENDA}.xlsx")).rows) == 45
    monkeypatch.setattr(workbook, "MOST_ROWS", 45)
    # It is not told after they were all looked for.
    monkeypatch.setattr(workbook.ExcelWorkbook, "parts", None)
    answer = manager.get(f"{AGENDA}.xlsx")
    assert answer.status_code == 422
    assert "up to 44 rows" in answer.text
    assert "CSV or JSON" in answer.text


def test_every_format_is_offered_with_what_is_chosen(read, visitor):
    answer = visitor("manager").get(f"{REPORT}?tab=read&reader=bob&sort_on=last")
    for ending in (".csv", ".xlsx", ".json", "-print"):
        assert f"who-read-this{ending}?sort_on=last&amp;tab=read" in answer.text
