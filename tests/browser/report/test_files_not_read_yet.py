"""Reports and dashboards of files whose version is not known yet, as on a new host."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import visible
from slc.clicktracker.versions.unread_files import UnreadFiles
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import members
from tests.browser.dashboard.dashboards import opened
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record

import pytest
import transaction


REPORT = "/board/lease.pdf/@@who-read-this"
NOT_KNOWN = "The version is not known yet."
NOTHING_YET = "Until then, nothing can be said about who has read"
NOT_COUNTED = (
    "Documents that are not counted, because their version is not known yet: 1."
)


@pytest.fixture
def lease(board, held, monkeypatch):
    """A large file that Alice has downloaded before the site moved to a new host, and
    is read anew as soon as the test says so."""
    with api.env.adopt_roles(["Manager"]):
        file = NamedBlobFile(b"%PDF-1.4 The lease.", "application/pdf", "lease.pdf")
        lease = api.content.create(board, "File", "lease.pdf", "A lease", file=file)
    transaction.commit()
    record(lease, "alice", origin=DOWNLOADED)
    file_digest._known.clear()
    visible._known.clear()
    monkeypatch.setattr(file_digest, "MOST_READ", 5)
    return lease


@pytest.fixture
def manager(lease, visitor):
    return visitor("manager")


def test_a_dashboard_says_so_and_does_not_count_it(held, board, manager):
    opened(board.agenda, "alice")
    answer = manager.get(DASHBOARD)
    assert documents(answer)["A lease"][0] == NOT_KNOWN
    text = text_of(answer)
    assert NOT_COUNTED in text
    assert "1 of 4 expected readings" in text
    held.read()
    answer = manager.get(DASHBOARD)
    assert documents(answer)["A lease"][0] == "1 of 2"
    text = text_of(answer)
    assert "not known yet" not in text
    assert "2 of 6 expected readings" in text


@pytest.mark.parametrize("order", ["behind", "far"])
def test_it_is_neither_the_furthest_nor_the_least_far(board, manager, order):
    with api.env.adopt_roles(["Manager"]):
        for number in range(25):
            paper = api.content.create(board, "Document", f"paper-{number}", "Z")
            api.content.transition(paper, "publish")
    transaction.commit()
    opened(board.agenda, "alice")
    first = manager.get(f"{DASHBOARD}?order={order}")
    assert "A lease" not in documents(first)
    # The figures are those of all documents, on this page or not.
    assert NOT_COUNTED in text_of(first)


def test_members_are_not_behind_with_it(held, board, manager):
    for user in ("alice", "bob"):
        opened(board.agenda, user)
        opened(board.budget, user)
    answer = manager.get(MEMBERS)
    assert NOT_COUNTED in text_of(answer)
    assert [row[1:] for row in members(answer)] == [[0, 2, 2], [0, 2, 2]]
    held.read()
    answer = manager.get(MEMBERS)
    assert "not known yet" not in text_of(answer)
    assert members(answer)[0] == ["Bob Berger bob", 1, 2, 3]


def test_a_member_is_not_said_to_lack_it(held, manager):
    text = text_of(manager.get(f"{MEMBERS}?member=bob"))
    assert NOT_COUNTED in text
    assert "expected to read: 2." in text
    assert "A lease" not in text
    held.read()
    text = text_of(manager.get(f"{MEMBERS}?member=bob"))
    assert "expected to read: 3." in text
    assert "A lease" in text


@pytest.mark.parametrize(
    "ending, status",
    [("", 200), ("?tab=absent", 200), ("-print", 200), (".csv", 503)],
)
def test_its_report_says_that_nothing_can_be_said_yet(held, manager, ending, status):
    answer = manager.get(f"{REPORT}{ending}")
    assert answer.status_code == status
    assert NOTHING_YET in text_of(answer)
    assert "Alice" not in text_of(answer)
    held.read()
    answer = manager.get(f"{REPORT}{ending}")
    assert answer.status_code == 200
    assert NOTHING_YET not in text_of(answer)


def test_after_a_while_its_report_tells(held, manager):
    manager.get(REPORT)
    held.read()
    assert tabs_in(manager.get(REPORT))["Read"] == 1


def test_nor_does_the_page_about_a_reader_call_a_version_current(held, board, manager):
    page = "/board/@@who-read-this-reader?reader=alice"
    assert "current version not known yet" in text_of(manager.get(page))
    held.read()
    text = text_of(manager.get(page))
    assert "not known yet" not in text
    assert "current" in text


def test_nor_does_that_about_a_reader_of_the_file_itself(held, manager):
    page = "/board/lease.pdf/@@who-read-this-reader?reader=alice"
    answer = manager.get(page)
    assert answer.status_code == 200
    assert "current version not known yet" in text_of(answer)
    held.read()
    assert "not known yet" not in text_of(manager.get(page))


@pytest.fixture
def read_meanwhile(held, lease, monkeypatch):
    """The file is read while the page that asks for it first is still being made."""
    add = UnreadFiles.add

    def added(files, state, database):
        add(files, state, database)
        held.read()

    monkeypatch.setattr(UnreadFiles, "add", added)


def test_a_page_says_the_same_of_all_versions_of_a_file(lease, manager, read_meanwhile):
    record(lease, "alice", Version("", "0" * 32), origin=DOWNLOADED)
    answer = manager.get("/board/lease.pdf/@@who-read-this-reader?reader=alice")
    assert text_of(answer).count("current version not known yet") == 2


def test_a_dashboard_counts_as_unknown_what_it_calls_so(manager, read_meanwhile):
    answer = manager.get(f"{DASHBOARD}?order=behind")
    assert documents(answer)["A lease"][0] == NOT_KNOWN
    assert NOT_COUNTED in text_of(answer)
