"""The list of what was read and is deleted, as managers of the whole site see it."""

from datetime import timedelta
from plone import api
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from tests.audience.people import give_role
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import links
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import tables
from tests.browser.report.deleted import delete
from tests.browser.report.deleted import LIST
from tests.browser.report.readings import NOON
from tests.browser.report.reports import text_of

import pytest
import re
import transaction
import uuid


def record_deleted(title, path="/plone/board/gone", when=NOON, user="bob"):
    """Somebody has read what is not in the site; return its UID."""
    document = Document(uuid.uuid4().hex, path, title)
    access = Access(
        uuid.uuid4().hex, when, when, when, document, Reader(user), "/board/gone"
    )
    site_storage().record([access])
    return document.uid


def listed(answer):
    """Return the rows of the list: title with address, readers, last time."""
    return tables(answer)[1:]


def test_what_was_read_and_is_deleted_is_listed_the_latest_first(read, visitor):
    record_deleted("Old minutes", "/plone/archive/minutes", NOON - timedelta(days=9))
    manager = visitor("manager")
    assert [row[0] for row in listed(manager.get(LIST))] == [
        "Old minutes /archive/minutes"
    ]
    uid = delete(read.agenda)
    answer = manager.get(LIST)
    assert listed(answer) == [
        ["Agenda /board/agenda", "2", "May 05, 2026 12:00 PM"],
        ["Old minutes /archive/minutes", "1", "Apr 25, 2026 12:00 PM"],
    ]
    assert "no-store" in answer.headers["Cache-Control"]
    found = links(answer)
    assert found["Agenda"].endswith(f"/@@clicktracker-deleted-document?uid={uid}")
    assert not [text for text in found if "/board/agenda" in text]


def test_it_is_a_page_of_the_dashboard_of_the_site_and_of_no_folder(read, visitor):
    manager = visitor("manager")
    for path in (DASHBOARD, MEMBERS):
        assert links(manager.get(path))["Deleted documents"].endswith(LIST)
        assert "Deleted documents" not in links(manager.get(f"/board{path}"))
    assert manager.get(f"/board{LIST}").status_code == 404
    active = re.findall(r'aria-current="page"[^>]*>([^<]*)<', manager.get(LIST).text)
    assert [text.strip() for text in active if text.strip()] == ["Deleted documents"]


def test_where_nothing_is_deleted_that_is_said(read, visitor):
    text = text_of(visitor("manager").get(LIST))
    assert (
        "No document that is known to have been opened or downloaded has been deleted"
        in text
    )
    assert "Title or address" not in text


def test_title_and_address_are_searched(read, visitor):
    delete(read.agenda)
    record_deleted("Überblick", "/plone/archive/overview")
    manager = visitor("manager")
    for search, expected in (
        ("AGEN", ["Agenda /board/agenda"]),
        ("überb", ["Überblick /archive/overview"]),
        ("/archive/", ["Überblick /archive/overview"]),
        ("plone", []),
        ("%", []),
    ):
        answer = manager.get(LIST, params={"search": search})
        assert [row[0] for row in listed(answer)] == expected
    answer = manager.get(f"{LIST}?search=<b>nothing")
    assert "No title or address contains" in text_of(answer)
    assert "&lt;b&gt;nothing" in answer.text
    assert "<b>nothing" not in answer.text
    assert links(answer)["Show all"].endswith(LIST)


def test_many_are_on_pages(read, visitor):
    for number in range(30):
        when = NOON + timedelta(minutes=number)
        record_deleted(f"Paper {number:02}", f"/plone/paper-{number}", when)
    manager = visitor("manager")
    first, second = (listed(manager.get(f"{LIST}?b_start={n}")) for n in (0, 25))
    assert [row[0].split("/")[0].strip() for row in first + second] == [
        f"Paper {number:02}" for number in range(29, -1, -1)
    ]
    for strange in ("99999", "-4", "x"):
        assert listed(manager.get(f"{LIST}?b_start={strange}")) in (first, second)
    answer = manager.get(f"{LIST}?search=paper")
    (page, *_) = re.findall(r'href="([^"]*b_start[^"]*)"', answer.text)
    assert "search=paper" in page


def test_a_document_without_a_title_is_called_by_its_address(read, visitor):
    record_deleted("", "/plone/board/untitled")
    answer = visitor("manager").get(LIST)
    assert listed(answer)[0][0] == "/board/untitled /board/untitled"


def test_what_only_visitors_without_a_name_have_read_says_so(read, visitor):
    record_deleted("News", user="")
    answer = visitor("manager").get(LIST)
    assert listed(answer)[0][1] == "anonymous visitors only"


def test_titles_and_addresses_are_text_and_no_links(read, visitor):
    record_deleted('<script>alert("x")</script>', "/plone/<img src=x onerror=y>")
    record_deleted("Evil", "//evil.example.com/paper")
    answer = visitor("manager").get(LIST)
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "//evil.example.com/paper" in text_of(answer)
    assert not re.search(r'(href|src)="[^"]*evil', answer.text)


@pytest.mark.parametrize(
    ("dsn", "said"),
    [
        ("host=127.0.0.1 port=1 dbname=x", "can't be reached now"),
        ("off", "Recording is switched off"),
        ("port=abc", "can't be reached now"),
    ],
)
def test_a_storage_that_is_down_is_no_empty_list(read, visitor, monkeypatch, dsn, said):
    delete(read.agenda)
    monkeypatch.setenv("CLICKTRACKER_DSN", dsn)
    text = text_of(visitor("manager").get(LIST))
    assert said in text
    assert "No document that was" not in text


def test_a_storage_of_two_methods_can_not_tell(read, visitor, two_methods):
    text = text_of(visitor("manager").get(LIST))
    assert "doesn't know which documents were read" in text
    assert "No document that was" not in text


def test_who_looks_after_a_folder_does_not_see_what_is_deleted(read, visitor):
    give_role(read, "carol")
    delete(read.agenda)
    for name in ("carol", "bob", None):
        answer = visitor(name).get(LIST)
        assert "Agenda" not in text_of(answer)
        assert "/board/agenda" not in answer.text
    assert "Deleted documents" not in text_of(
        visitor("carol").get(f"/board{DASHBOARD}")
    )


@pytest.mark.parametrize(
    "permission", ["slc: Manage Tracking", "slc.clicktracker: View readers"]
)
def test_both_permissions_are_needed_in_the_site(read, visitor, permission):
    site = api.portal.get()
    give_role(site, "carol")
    delete(read.agenda)
    carol = visitor("carol")
    assert "Agenda /board/agenda" in text_of(carol.get(LIST))
    site.manage_permission(permission, ["Manager"])
    transaction.commit()
    answer = carol.get(LIST)
    assert "insufficient-privileges" in answer.url
    assert "Agenda" not in answer.text
    for path in (DASHBOARD, MEMBERS):
        assert "Deleted documents" not in carol.get(path).text
