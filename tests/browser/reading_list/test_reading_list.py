"""What a member still has to read, on a page of its own and in a portlet."""

from datetime import timedelta
from plone import api
from plone.portlets.interfaces import IPortletAssignmentMapping
from plone.portlets.interfaces import IPortletManager
from slc.clicktracker.browser.reading_list import reading_list as module
from slc.clicktracker.browser.reading_list.portlet import Assignment
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import expect
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.content import add
from tests.deadlines.deadlines import give_deadline
from tests.deadlines.deadlines import LATER
from zope.component import getMultiAdapter
from zope.component import getUtility

import lxml.html
import pytest
import transaction


PAGE = "/@@my-reading-list"
SHORT = f"{PAGE}-short"


@pytest.fixture
def board(tracked):
    """Alice and Bob are expected to read the papers of the board."""
    expect(tracked, "alice", "bob")
    return tracked


@pytest.fixture
def bob(board, visitor):
    return visitor("bob")


def rows(answer):
    """Return the words of each row of the list."""
    found = lxml.html.fromstring(answer.text).xpath("//tbody/tr")
    return [" ".join(row.text_content().split()) for row in found]


def test_the_soonest_comes_first_and_what_has_no_deadline_last(board, bob):
    add(board, "Document", id="minutes", title="Minutes")
    give_deadline(board.budget, LATER)
    give_deadline(board.minutes, utc_now() - timedelta(days=3), level="finished")
    answer = bob.get(PAGE)
    minutes, budget, agenda = rows(answer)
    assert minutes.startswith("Minutes") and minutes.endswith("Overdue Finished")
    assert budget.startswith("Budget Mar 01, 2036 05:30 PM (UTC)")
    assert agenda == "Agenda no deadline Opened"
    assert "To read 3" in text_of(answer) and "Done 0" in text_of(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_is_read_is_done_with_what_is_known_and_when(board, bob):
    record(board.agenda, "bob")
    (budget,) = rows(bob.get(PAGE))
    assert budget.startswith("Budget")
    (agenda,) = rows(bob.get(f"{PAGE}?list=done"))
    assert agenda.startswith("Agenda no deadline Opened May 04, 2026")


def test_what_has_changed_since_is_to_be_read_again_with_the_changes(board, bob):
    record(board.agenda, "bob")
    edit(board.agenda, title="New agenda")
    answer = bob.get(PAGE)
    (agenda,) = (row for row in rows(answer) if "New agenda" in row)
    assert "It has changed since you read it." in agenda
    with api.env.adopt_roles(["Manager"]):
        permission = "CMFEditions: Access previous versions"
        board.manage_permission(permission, ["Member", "Manager"], acquire=1)
    transaction.commit()
    page = lxml.html.fromstring(bob.get(PAGE).text)
    (link,) = page.xpath("//a[normalize-space()='What has changed']/@href")
    assert "/board/agenda/@@history?one=current&two=0" in link
    changes = bob.session.get(link).text
    assert "New agenda" in changes


def test_with_nothing_to_read_it_says_so(board, visitor):
    carol = visitor("carol")
    assert "There is nothing left for you to read." in text_of(carol.get(PAGE))
    done = text_of(carol.get(f"{PAGE}?list=done"))
    assert "You are not known to have read anything" in done
    assert "There is nothing left for you to read." in carol.get(SHORT).text


def test_others_and_what_a_member_may_not_view_are_not_in_it(board, bob):
    with api.env.adopt_roles(["Manager"]):
        board.agenda.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    answer = bob.get(PAGE)
    assert [row.split()[0] for row in rows(answer)] == ["Budget"]
    assert "Alice" not in answer.text


def test_guests_have_none(board, visitor):
    for path in (PAGE, SHORT):
        assert "login" in visitor(None).get(path).url


def test_a_storage_that_is_down_is_said(board, bob):
    store_dsn("host=127.0.0.1 port=1 dbname=none connect_timeout=1")
    transaction.commit()
    answer = bob.get(PAGE)
    assert answer.status_code == 200 and rows(answer) == []
    assert 'role="alert"' in answer.text
    assert "What you are expected to read" in bob.get(SHORT).text


def test_pages_of_it(board, bob):
    for number in range(25):
        add(board, "Document", id=f"paper{number}", title=f"Paper {number:02}")
    assert len(rows(bob.get(PAGE))) == 20
    assert len(rows(bob.get(f"{PAGE}?b_start=20"))) == 7


def test_the_short_one_has_the_first_five_and_leads_to_all(board, bob):
    for number in range(8):
        add(board, "Document", id=f"paper{number}", title=f"Paper {number}")
    give_deadline(board.paper7, utc_now() - timedelta(days=3))
    answer = bob.get(SHORT)
    page = lxml.html.fromstring(answer.text)
    items = [" ".join(item.text_content().split()) for item in page.xpath("//li")]
    assert len(items) == 5
    assert items[0].startswith("Paper 7 Overdue By")
    (link,) = page.xpath("//a[normalize-space()='All 10']/@href")
    assert link.endswith(PAGE)
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert "Cookie" in answer.headers["Vary"]


def test_no_page_waits_for_the_portlet(board, bob, visitor, monkeypatch):
    """It is a link, in whose place the browser puts the short list."""
    manager = getUtility(IPortletManager, "plone.rightcolumn")
    portal = api.portal.get()
    getMultiAdapter((portal, manager), IPortletAssignmentMapping)["own"] = Assignment()
    transaction.commit()

    def asks(reader):
        raise AssertionError("a page asks the storage")

    with monkeypatch.context() as patch:
        patch.setattr(module, "reading_list", asks)
        page = lxml.html.fromstring(bob.session.get(bob.site_url).text)
    (part,) = page.xpath("//*[contains(@class, 'pat-contentloader')]")
    options = part.get("data-pat-contentloader")
    assert options == f"url:{bob.site_url}{SHORT}; trigger:immediate"
    (link,) = part.xpath(".//a/@href")
    assert link == f"{bob.site_url}{PAGE}"
    guest = visitor(None)
    assert "pat-contentloader" not in guest.session.get(guest.site_url).text


def test_links_in_the_menu_of_members(board, bob, visitor):
    def links(who):
        page = lxml.html.fromstring(who.session.get(who.site_url).text)
        menu = page.xpath("//a[contains(@href, '/@@my-')]/@href")
        return {link.rpartition("@@my-")[2] for link in menu}

    assert "reading-list" in links(bob) and "deadlines" not in links(bob)
    give_deadline(board)
    assert {"reading-list", "deadlines"} <= links(bob)
    assert "reading-list" not in links(visitor(None))
