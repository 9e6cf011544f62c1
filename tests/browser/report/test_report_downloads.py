"""The report of a file: who was given all of it, which is not who has opened it."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.doors.process import collector
from slc.clicktracker.storage.model import DOWNLOADED
from tests.audience.people import expect
from tests.both_doors import flush
from tests.browser.report.reports import evidence_in
from tests.browser.report.reports import rows_of
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on

import pytest
import re
import transaction


LEASE = "/board/lease.pdf"


def pdf(data):
    return NamedBlobFile(data, "application/pdf", "lease.pdf")


@pytest.fixture
def lease(tracked):
    """A file that Alice, Bob and Carol are expected to read."""
    with api.env.adopt_roles(["Manager"]):
        made = api.content.create(
            tracked, "File", "lease.pdf", "Lease", file=pdf(b"%PDF-1.4 The lease.")
        )
    expect(made, "alice", "bob", "carol")
    return made


@pytest.fixture
def report(visitor):
    """Return a function: the report of what is at a path, all of it stored."""

    def of(path, view="@@who-read-this"):
        collector().spool_notes()
        flush()
        return visitor("manager").get(f"{path}/{view}")

    return of


#: The list of all readings of a folder.
LISTED = "@@who-read-this?view=list"


def lines_in(answer):
    """Return the text of each line of the list."""
    listed = answer.text.partition('id="readers"')[2]
    body = listed.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = (re.sub(r"<[^>]+>", " ", row) for row in body.split("</tr>")[:-1])
    return [" ".join(row.split()) for row in rows]


def test_who_downloaded_a_file_is_said_to_have_done_that_and_no_more(
    lease, visitor, report
):
    for name in ("bob", "alice", "bob"):
        visitor(name).get(LEASE)
    answer = report(LEASE)
    assert tabs_in(answer) == {
        "Read": 2,
        "Not yet": 1,
        "Older version": 0,
        "Excused": 0,
    }
    for line, name in zip(
        lines_in(answer), ("Alice Anders", "Bob Berger"), strict=True
    ):
        assert re.match(rf"{name} .*Downloaded – – \w+ \d", line)
        assert " 0 " not in line
    text = text_of(answer)
    assert "2 of 3 have opened or downloaded the current version." in text
    assert evidence_in(answer) == {"Downloaded": 2}
    assert "2 readers of the current version. The readers' own browsers report" in text
    assert "The server observes what is downloaded. Nobody knows whether" in text
    assert "Last opened or downloaded" in text
    for word in ("page was served", "not recorded"):
        assert word not in text
    absent = text_of(report(LEASE, "@@who-read-this?tab=absent"))
    assert "Carol Castillo" in absent
    assert "None of these readers is known to have opened this." in absent
    assert "None of these readers is known to have downloaded this." in absent
    visitor("carol").get(LEASE)
    empty = text_of(report(LEASE, "@@who-read-this?tab=absent"))
    assert "All known expected readers have" in empty
    assert "opened or downloaded this, or an older version of it" in empty


def test_before_anybody_has_downloaded_a_file_nothing_is_known(lease, report):
    text = text_of(report(LEASE))
    assert (
        "Nobody is known to have opened or downloaded the current version yet" in text
    )
    assert "not recorded" not in text
    assert "Downloaded" not in text
    text = text_of(report(LEASE, "@@who-read-this?tab=older"))
    assert "Nobody is known to have opened or downloaded only an older version." in text


def test_another_title_leaves_nobody_behind_and_another_file_does(
    lease, visitor, report
):
    visitor("bob").get(LEASE)
    lease.title = "Lease of the boathouse"
    transaction.commit()
    assert len(lines_in(report(LEASE))) == 1
    lease.file = pdf(b"%PDF-1.4 Another lease.")
    transaction.commit()
    assert tabs_in(report(LEASE))["Read"] == 0
    older = report(LEASE, "@@who-read-this?tab=older")
    (line,) = lines_in(older)
    assert "Downloaded one version behind" in line
    assert "One reader of an older version" in text_of(older)
    visitor("bob").get(LEASE)
    assert tabs_in(report(LEASE))["Read"] == 1


def test_downloads_of_an_older_file_can_be_chosen_as_a_filter(lease, visitor, report):
    visitor("bob").get(LEASE)
    lease.file = pdf(b"%PDF-1.4 Another lease.")
    transaction.commit()
    answer = report(LEASE, "@@who-read-this?tab=older&reader=bob")
    assert '<option value="downloaded">Downloaded</option>' in answer.text


def test_filters_of_a_file_name_downloads(lease, visitor, report):
    visitor("bob").get(LEASE)
    text = text_of(report(LEASE, "@@who-read-this?since=2026-05-04&until=2099-05-04"))
    assert "Last opened or downloaded from" in text
    assert "Last opened or downloaded until" in text
    assert "last opened or downloaded on May 04, 2026 or later" in text
    assert "last opened or downloaded on May 04, 2099 or earlier" in text


def test_a_file_has_a_path_in_the_report_of_its_folder(lease, visitor, report):
    visitor("bob").get(LEASE)
    page = re.sub(r"<[^>]+>", " ", report("/board", LISTED).text)
    assert "Lease /board/lease.pdf" in " ".join(page.split())


def test_pages_and_downloads_of_one_document_stand_side_by_side(
    tracked, visitor, report
):
    expect(tracked.agenda, "alice", "bob", "carol")
    record(tracked.agenda, "alice", origin=DOWNLOADED)
    record(tracked.agenda, "bob", origin=DOWNLOADED)
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    answer = report("/board/agenda")
    alice, bob = lines_in(answer)
    assert re.match(r"Alice Anders .*Downloaded – – \w+ \d", alice)
    assert re.match(
        r"Bob Berger .*Opened .*downloaded May 04, 2026 .*not reported", bob
    )
    text = text_of(answer)
    evidence = evidence_in(answer)
    assert (evidence["Opened"], evidence["Downloaded"]) == (1, 2)
    assert (
        "The browsers of all readers who were served the page have reported back"
        in text
    )


def test_a_page_without_downloads_says_nothing_of_them(tracked, visitor, report):
    expect(tracked.agenda, "alice", "bob")
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    assert "ownloaded" not in text_of(report("/board/agenda"))


def test_the_folder_and_the_files_for_spreadsheets_tell_downloads(
    lease, visitor, report
):
    visitor("bob").get(LEASE)
    assert "The server observes what is downloaded" in text_of(report("/board", LISTED))
    header, row = rows_of(report("/board", "@@who-read-this.csv"))
    found = dict(zip(header, row, strict=True))
    assert (found["User id"], found["Evidence"]) == ("bob", "Downloaded")
    assert found["Times opened"] == "0"
    assert found["Last downloaded"]


def test_who_left_is_shown_by_id(lease, visitor, report):
    visitor("bob").get(LEASE)
    report(LEASE)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    (line,) = lines_in(report(LEASE))
    assert line.startswith("bob no longer a member")
    with api.env.adopt_roles(["Manager"]):
        api.user.create(username="bob", email="b@example.org", password="correct horse")
    transaction.commit()
    visitor("bob").get(LEASE)
    lines = lines_in(report(LEASE))
    assert len(lines) == 2
    assert sum("no longer a member" in line for line in lines) == 1
