"""Which version a row of a list is about, in a folder and in files as on the report."""

from datetime import timedelta
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.versions import standing
from slc.clicktracker.versions.standing import texts_of_each
from tests.audience.people import expect
from tests.browser.report.exported import exported
from tests.browser.report.exported import FORMATS
from tests.browser.report.minor_changes import read_in_three_versions
from tests.browser.report.minor_changes import send
from tests.browser.report.readings import NOON
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.browser.report.versions import save_on_days
from tests.browser.report.versions import title_of_version

import pytest


FOLDER = "/board/@@who-read-this"
LISTED = f"{FOLDER}?view=list"
LATER = NOON + timedelta(days=6)

READ_TO_THE_END = {"engaged": 200_000, "depth": 100, "marks": Marks.ENDED}


@pytest.fixture
def agenda(tracked):
    return read_in_three_versions(tracked.agenda)


def read_budget(tracked, user):
    """Somebody has read the budget as it is now to its end."""
    at = Document(tracked.budget.UID(), "/plone/board/budget", "Budget")
    record(tracked.budget, user, document=at, url="/board/budget", **READ_TO_THE_END)


def rows_of(answer):
    """Return rows by user and document, as they are by title of the column."""
    found = exported(answer)
    rows = [dict(zip(found.titles, row, strict=True)) for row in found.rows]
    return {(row["User id"], row["Document"]): row for row in rows}


def test_a_folder_marks_who_has_read_an_older_version_only(agenda, tracked, visitor):
    """Bob finished the agenda before it was changed, and the budget as it is now."""
    seen = NOON + timedelta(days=1)
    record(agenda, "bob", Version("1", "older-text"), issued=seen, **READ_TO_THE_END)
    read_budget(tracked, "bob")
    manager = visitor("manager")
    for query in ("?view=list", "?reader=bob", "?sort_on=level", "?sort_on=last"):
        text = text_of(manager.get(FOLDER + query))
        assert "Bob Berger bob Agenda /board/agenda Opened one version behind" in text
        assert "Bob Berger bob Budget /board/budget Finished 3 min 20 s" in text
    assert "Alice Anders alice Agenda /board/agenda Opened 3 versions behind" in text
    assert "one version behind" in text_of(manager.get(FOLDER + "?level=opened"))
    assert "behind" not in text_of(manager.get(FOLDER + "?level=finished"))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_export_of_a_folder_names_versions(agenda, tracked, visitor, kind):
    read_budget(tracked, "bob")
    rows = rows_of(visitor("manager").get(f"{FOLDER}.{kind}"))
    bob = rows["bob", "Agenda"]
    assert (bob["Version read"], str(bob["Versions behind"])) == ("2", "1")
    assert bob["Standing"] == "older version"
    assert rows["bob", "Budget"]["Standing"] == "current"


def test_a_folder_says_who_was_not_expected_to_read_an_item(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, Reader("bob"), "on leave")
    expect(agenda, "alice", "bob")
    record(agenda, "carol")
    manager = visitor("manager")
    rows = rows_of(manager.get(f"{FOLDER}.json"))
    assert rows["alice", "Agenda"]["Note"] is None
    assert rows["bob", "Agenda"]["Note"] == "excused"
    assert rows["carol", "Agenda"]["Note"] == "not among the expected readers"
    assert "not among the expected readers" in text_of(manager.get(LISTED))


def test_a_copy_of_an_old_version_is_no_older_version(agenda, tracked, visitor):
    """What is outdated in one document may be what another one says."""
    copied = Version("1", agenda.UID())
    record(agenda, "carol", copied)
    at = Document(tracked.budget.UID(), "/plone/board/budget", "Budget")
    record(tracked.budget, "carol", document=at)
    rows = rows_of(visitor("manager").get(f"{FOLDER}.json"))
    assert rows["carol", "Agenda"]["Standing"] == "older version"
    assert rows["carol", "Budget"]["Standing"] == "current"


def test_a_folder_says_of_a_file_that_is_to_be_read_first_that_it_is_not_known(
    read, visitor, monkeypatch
):
    monkeypatch.setattr(
        standing, "texts_of_each", lambda contents: [None for _ in contents]
    )
    manager = visitor("manager")
    text = text_of(manager.get(LISTED))
    assert "Opened current version not known yet" in text
    assert "behind" not in text
    rows = rows_of(manager.get(f"{FOLDER}.json"))
    assert rows["bob", "Agenda"]["Standing"] == "current version not known yet"
    assert rows["bob", "Agenda"]["Versions behind"] == 0


def test_a_page_of_a_folder_looks_at_its_own_documents_only(read, visitor, monkeypatch):
    asked, statements = [], []

    def watched(contents):
        asked.extend(each.getId() for each in contents)
        return texts_of_each(contents)

    def readings(self, query):
        statements.append(query)
        return found(self, query)

    found = RelationalStorage.readings
    monkeypatch.setattr(RelationalStorage, "readings", readings)
    monkeypatch.setattr(standing, "texts_of_each", watched)
    visitor("manager").get(f"{FOLDER}?b_size=2&b_start=1")
    assert asked == ["agenda"]
    assert len(statements) == 1


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("report", [REPORT, FOLDER])
def test_sums_are_of_the_version_that_a_row_names(agenda, visitor, report, kind):
    """Bob opened version 2, and six days later what it says now, twice, once from a
    cached page."""
    for hours, origin in enumerate(("page", "cache")):
        when = LATER + timedelta(hours=hours)
        moments = {"issued": when, "opened": when, "seen": when}
        record(agenda, "bob", origin=origin, **moments)
    bob = rows_of(visitor("manager").get(f"{report}.{kind}"))["bob", "Agenda"]
    assert bob["Version read"] == "3"
    assert str(bob["Times opened"]) == "2"
    assert str(bob["of these, from a cached or older copy of the page"]) == "1"
    assert str(bob["First opened or downloaded"]).startswith("2026-05-10")
    assert str(bob["Times opened, all versions"]) == "3"
    assert str(bob["First time, all versions"]).startswith("2026-05-05")
    assert bob["Last time, all versions"] == bob["Last opened or downloaded"]


@pytest.mark.parametrize("ending", ["", "-print"])
def test_a_row_on_the_screen_and_on_paper_is_of_one_version(agenda, visitor, ending):
    record(agenda, "bob", issued=LATER, opened=LATER, seen=LATER)
    record(agenda, "bob", Version("1", "older"), seen=LATER + timedelta(days=1))
    text = text_of(visitor("manager").get(REPORT + ending))
    exact = " 12:00 PM" if ending else ""
    row = f"1 3 with all versions May 10, 2026{exact} any version: May 11, 2026{exact}"
    assert row in text


def test_after_a_minor_change_a_row_says_which_version_it_is_of(agenda, visitor):
    """Bob finished the second version, and has only glanced at the third."""
    manager = visitor("manager")
    send(manager)
    assert f"{title_of_version(2)}, counts as current" in text_of(manager.get(LISTED))
    rows = rows_of(manager.get(f"{REPORT}.json"))
    assert rows["bob", "Agenda"]["Standing"] == "counts as current"
    record(agenda, "bob", issued=LATER, opened=LATER, seen=LATER)
    for report in (REPORT, FOLDER):
        text = text_of(manager.get(f"{report}?view=list"))
        assert "sum of 2 versions that count as one" in text
        for kind in ("json", "csv"):
            bob = rows_of(manager.get(f"{report}.{kind}"))["bob", "Agenda"]
            assert bob["Standing"] == "counts as current"
            assert bob["How it counts"] == "sum of 2 versions that count as one"


def test_a_save_that_leaves_the_text_alone_gives_no_version_another_name(
    tracked, visitor
):
    """On any screen: it has the date on which the text was new, whoever read it when."""
    agenda, manager = tracked.agenda, visitor("manager")
    expect(agenda, "alice", "bob", "carol")
    edit(agenda, description="Monday")
    record(agenda, "bob")
    edit(agenda, subject=("vote",))
    record(agenda, "bob", issued=LATER, opened=LATER, seen=LATER)
    edit(agenda, subject=("vote", "budget"))
    save_on_days(agenda)
    history = f"{REPORT}-reader?reader=bob"
    now, then, printed = map(
        text_of,
        (
            manager.get("/board/agenda/@@clicktracker-as-of"),
            manager.get(history),
            manager.get(f"{REPORT}-print"),
        ),
    )
    # What was opened before and after that save is one version.
    assert (now.count(title_of_version(1)), then.count(title_of_version(1))) == (1, 3)
    assert title_of_version(1) in printed
    as_json = {"Accept": "application/json"}
    address = f"{manager.site_url}/board/agenda/@readers/bob"
    told = manager.session.get(address, headers=as_json).json()
    (version,) = told["versions"]
    assert (version["title"], version["count"]) == (title_of_version(1), 2)
    for number in (2, 3):
        assert not any(
            title_of_version(number) in text for text in (now, then, printed)
        )
    edit(agenda, description="Tuesday")
    save_on_days(agenda)
    choices = text_of(manager.get("/board/agenda/@@clicktracker-minor-change"))
    assert title_of_version(1) in choices
    assert title_of_version(4) in choices
    assert title_of_version(2) not in choices
