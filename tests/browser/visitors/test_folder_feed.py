"""The live feed and the visits of a folder: what is seen at and below it, and no more."""

from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.storage.model import Reader
from tests.browser.visitors.screens import JSON
from tests.browser.visitors.screens import links
from tests.browser.visitors.screens import LIVE
from tests.browser.visitors.screens import rows
from tests.browser.visitors.screens import text_of
from tests.browser.visitors.screens import VISITS
from tests.browser.visitors.visitors import seen

import pytest
import transaction


BOARD = "/board"


@pytest.fixture
def chair(recorded, visitor):
    """Carol, who sees the visitors of the board's folder, with their names."""
    board = recorded.board
    board.manage_setLocalRoles("carol", ["Reader", "Editor"])
    for permission in (VIEW_VISITORS, VIEW_READERS):
        board.manage_permission(permission, ["Editor"], acquire=1)
    board.reindexObjectSecurity()
    transaction.commit()
    return visitor("carol")


def test_only_what_is_seen_in_the_folder_is_shown(recorded, chair):
    seen("/boards", "dave", 5)
    seen("/board", "alice", 5)
    found = rows(chair.get(BOARD + LIVE))
    assert len(found) == 3
    for words, row in zip(("Alice", "Bob Berger", "a guest"), found, strict=True):
        assert words in row
    answer = chair.get(BOARD + JSON).json()
    assert answer["total"] == 3
    assert [row["page"]["url"] for row in answer["page_views"]] == [
        "/board",
        "/board/agenda",
        "/board/budget",
    ]
    assert len(rows(chair.get(f"{BOARD}{LIVE}?list=1"))) == 3


def test_a_filter_narrows_what_is_seen_there(recorded, chair):
    assert len(rows(chair.get(f"{BOARD}{LIVE}?member=berg"))) == 1
    assert rows(chair.get(f"{BOARD}{LIVE}?page=/rules")) == []
    assert rows(chair.get(f"{BOARD}{LIVE}?person=carol")) == []


def test_nothing_says_what_somebody_did_elsewhere(recorded, chair):
    assert "Time on the site" not in rows(chair.get(BOARD + LIVE))[0]
    views = chair.get(BOARD + JSON).json()["page_views"]
    assert {row["visit"] for row in views} == {None}
    address = links(chair.get(BOARD + LIVE))["Bob Berger"]
    assert "/board/@@clicktracker-visits?person=bob" in address
    path = chair.get(address.removeprefix(chair.site_url))
    text = text_of(path)
    assert "Only page views in this folder and below it are shown." in text
    assert "Agenda" in text
    assert "House rules" not in text
    assert "Pages: 1." in text
    assert "Time on the site" not in text
    assert "5 min ago" not in text
    assert "Earlier pages" not in text


def test_who_was_elsewhere_alone_is_not_there(recorded, chair):
    seen("/rules", "dave", 5)
    assert "No visit" in text_of(chair.get(f"{BOARD}{VISITS}?person=dave"))
    assert "Dave" not in text_of(chair.get(BOARD + VISITS))


@pytest.mark.parametrize("path", [LIVE, JSON, VISITS])
def test_the_whole_site_stays_closed(recorded, chair, path):
    assert "insufficient-privileges" in chair.get(path).url
    assert "Whole site" not in chair.get(BOARD + LIVE).text


def test_who_sees_the_whole_site_is_led_there(recorded, visitor):
    manager = visitor("manager")
    for path in (LIVE, VISITS):
        found = links(manager.get(BOARD + path))
        assert found["Whole site"] == f"{manager.site_url}{path}"
        assert "Whole site" not in links(manager.get(path))


def test_a_look_is_recorded_there_too(recorded, chair):
    chair.get(BOARD + LIVE)
    transaction.begin()
    (look,) = looks_at(Reader("bob"))
    assert (look.by.user, look.what) == ("carol", "feed")


def test_tracking_leads_to_it_where_somebody_may_see_it(recorded, visitor):
    address = "/board/@@clicktracker-live"
    assert address in visitor("manager").get("/board/@@tracking").text
    recorded.board.manage_setLocalRoles("carol", ["Reader", "Tracking Manager"])
    transaction.commit()
    assert address not in visitor("carol").get("/board/@@tracking").text
