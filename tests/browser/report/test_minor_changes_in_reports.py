"""What was declared minor: which readings count, and where that is said."""

from datetime import timedelta
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.minor_changes import minor_changes_of
from tests.audience.people import give_role
from tests.browser.report.exported import exported
from tests.browser.report.minor_changes import choices_in
from tests.browser.report.minor_changes import page
from tests.browser.report.minor_changes import read_in_three_versions
from tests.browser.report.minor_changes import send
from tests.browser.report.minor_changes import withdraw
from tests.browser.report.readings import NOON
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tab
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.browser.report.versions import title_of_version

import pytest
import transaction


@pytest.fixture
def agenda(tracked):
    return read_in_three_versions(tracked.agenda)


def test_who_has_read_the_version_before_a_minor_change_has_read_it(agenda, visitor):
    manager = visitor("manager")
    assert names_in(manager.get(REPORT)) == []
    assert names_in(tab(visitor, "older")) == ["Alice Anders", "Bob Berger"]
    answer = send(manager)
    assert answer.history[0].status_code == 302
    assert "readers of these versions count as readers of the current" in answer.text
    answer = manager.get(REPORT)
    assert names_in(answer) == ["Bob Berger"]
    assert "behind" not in text_of(answer)
    assert names_in(tab(visitor, "older")) == ["Alice Anders"]
    assert names_in(tab(visitor, "absent")) == ["Carol Castillo"]
    counts = f"{title_of_version(2)} counts as well: Only a typo"
    assert f"{counts} (declared by admin (/acl_users) on" in text_of(answer)


def test_where_earlier_versions_count_nobody_is_said_to_have_opened_the_current_one(
    agenda, visitor, chart_of_few
):
    record(agenda, "carol", issued=NOON + timedelta(days=2))
    manager = visitor("manager")
    text = text_of(manager.get(REPORT))
    assert "One of 3 has opened the current version. " in text
    assert "All members who received the current version, expected" in text
    assert "One reader of the current version. The readers" in text
    assert "counts as current" not in text
    send(manager)
    text = text_of(manager.get(REPORT))
    counts = "the current version, or one that counts as current"
    assert f"2 of 3 have opened {counts}." in text
    assert f"All members who received {counts}, expected" in text
    assert f"Evidence for {counts}" in text
    assert f"2 readers of {counts}. The readers' own browsers" in text
    assert f"New readers of {counts}" in text
    standing = f"{title_of_version(2)}, counts as current"
    assert text.count(standing) == 1
    assert text.rindex("Bob Berger") < text.index(standing)
    assert text.index(standing) < text.index("Carol Castillo")


def test_the_page_of_a_reader_says_that_an_older_version_counts(agenda, visitor):
    manager = visitor("manager")
    send(manager)
    of_reader = "/board/agenda/@@who-read-this-reader?reader="
    text = text_of(manager.get(f"{of_reader}bob"))
    assert f"{title_of_version(2)} counts as current" in text
    text = text_of(manager.get(f"{of_reader}alice"))
    assert f"{title_of_version(1)} older version" in text
    record(agenda, "bob")
    assert f"{title_of_version(3)} current" in text_of(manager.get(f"{of_reader}bob"))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_exports_say_which_version_was_read_and_why_it_counts(agenda, visitor, kind):
    record(agenda, "carol", issued=NOON + timedelta(days=2))
    manager = visitor("manager")
    send(manager)
    found = exported(manager.get(f"{REPORT}.{kind}"))
    at = found.titles.index("Version read")
    assert [(row[1], row[at]) for row in found.rows] == [("bob", "2"), ("carol", "3")]
    if kind != "csv":
        said = found.about["minor_changes" if kind == "json" else "Minor changes"]
        # The rows say which version by its number.
        title = f"{title_of_version(2)} (no. 2)"
        assert f"{title} counts as well: Only a typo (declared by admin" in said
    found = exported(manager.get(f"{REPORT}.{kind}?tab=older"))
    assert [(row[1], row[at]) for row in found.rows] == [("alice", "1")]


def test_a_version_without_a_number_is_exported_with_its_day(tracked, visitor):
    record(tracked.agenda, "alice", Version("", "of-an-older-text"))
    answer = visitor("manager").get(f"{REPORT}.json?tab=older")
    (row,) = answer.json()["rows"]
    assert row["version"] == "2026-05-04"


def test_all_versions_from_the_chosen_one_on_count(agenda, visitor):
    manager = visitor("manager")
    _newest, oldest = choices_in(page(manager))
    send(manager, text=oldest)
    answer = manager.get(REPORT)
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    titles = f"{title_of_version(2)}, {title_of_version(1)}"
    assert f"{titles} count as well: Only a typo" in text_of(answer)
    answer = page(manager)
    assert choices_in(answer) == []
    assert "All of these versions already count as current" in text_of(answer)


def test_what_is_withdrawn_leaves_readers_behind_again_and_stays_listed(
    agenda, visitor
):
    manager = visitor("manager")
    send(manager)
    answer = withdraw(manager)
    assert "Withdrawn by admin" in text_of(answer)
    assert "Only a typo" in text_of(answer)
    answer = manager.get(REPORT)
    assert names_in(answer) == []
    assert "counts as well" not in text_of(answer)
    assert names_in(tab(visitor, "older")) == ["Alice Anders", "Bob Berger"]
    transaction.begin()
    assert len(minor_changes_of(agenda)) == 1


def test_without_a_history_versions_are_told_by_their_dates(tracked, visitor):
    record(tracked.agenda, "alice", Version("", "of-an-older-text"))
    manager = visitor("manager")
    version = "The version first delivered on May 04, 2026 12:00 PM"
    text = text_of(page(manager))
    assert f"{version} Last delivered on May 04, 2026 12:00 PM" in text
    send(manager)
    assert f"{version} counts as well: Only a typo" in text_of(manager.get(REPORT))


def test_the_list_of_those_with_an_older_version_leads_to_the_form(agenda, visitor):
    manager = visitor("manager")
    assert "clicktracker-minor-change" in tab(visitor, "older").text
    assert "clicktracker-minor-change" not in manager.get(REPORT).text
    give_role(agenda, "bob")
    transaction.commit()
    answer = visitor("bob").get(f"{REPORT}?tab=older")
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    assert "clicktracker-minor-change" not in answer.text
