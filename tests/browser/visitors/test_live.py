"""The live feed: who is doing what on the site now."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.words.times import ago
from tests.audience.people import add_group
from tests.browser.visitors.screens import JSON
from tests.browser.visitors.screens import links
from tests.browser.visitors.screens import LIVE
from tests.browser.visitors.screens import rows
from tests.browser.visitors.screens import text_of
from tests.browser.visitors.screens import VISITS
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen
from zope.i18n import translate

import pytest
import re
import transaction


def test_who_did_what_the_latest_first(recorded, visitor):
    found = rows(visitor("manager").get(LIVE))
    assert len(found) == 4
    assert re.match(r"1\d s ago", found[0])
    for words in (
        "Bob Berger",
        "Agenda",
        "/board/agenda",
        "Firefox · Linux",
        "from news.example.org",
        "reported by the browser",
        "198.51.100.7",
        "Pages: 2. Time on the site: 4 min 48 s.",
    ):
        assert words in found[0]
    assert "a guest without a cookie: page views can't be joined" in found[1]
    assert "answered by the server" in found[1]
    assert "Guest 3fa9" in found[2]
    assert "5 min ago" in found[3]


def test_how_many_are_there_now(recorded, visitor):
    page = text_of(visitor("manager").get(LIVE))
    assert "On the site now: members: 1, guests: 1" in page
    assert "who can't be told apart: 1" in page


@pytest.mark.parametrize(
    "query, found",
    [
        ("member=BERG", [0, 3]),
        ("member=bo", [0, 3]),
        ("member=carol", []),
        ("group=board", [0, 3]),
        ("group=nobody-is-in-it", []),
        ("who=members", [0, 3]),
        ("who=guests", [1, 2]),
        ("who=martians", [0, 1, 2, 3]),
        ("page=/rules", [2, 3]),
        ("page=rules/", [2, 3]),
        ("page={site}/rules", [2, 3]),
        ("page=/rules&who=guests", [2]),
        ("page=/nowhere", []),
        ("page=http://[", []),
        ("page=https://elsewhere.example/", []),
        (f"guest={GUEST}", [2]),
        ("person=bob", [0, 3]),
    ],
)
def test_it_can_be_narrowed(recorded, visitor, query, found):
    add_group("board", "bob")
    transaction.commit()
    manager = visitor("manager")
    order = [row["key"] for row in manager.get(JSON).json()["page_views"]]
    query = query.format(site=manager.site_url)
    answer = manager.get(f"{JSON}?{query}").json()
    assert [order.index(row["key"]) for row in answer["page_views"]] == found
    assert answer["total"] == len(found)
    page = manager.get(f"{LIVE}?{query}")
    assert len(rows(page)) == len(found)
    if not found:
        assert "Nothing in the last hour matches" in text_of(page)


def test_a_page_that_was_moved_is_found_at_its_new_address(recorded, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.rename(recorded.rules, "house-rules")
    transaction.commit()
    answer = visitor("manager").get(f"{LIVE}?page=/house-rules")
    assert len(rows(answer)) == 2
    assert links(answer)["House rules"].endswith("/plone/house-rules")


def test_the_screen_leads_to_the_same_list_in_json(recorded, visitor):
    manager = visitor("manager")
    address = links(manager.get(f"{LIVE}?who=guests"))["JSON, for programs"]
    assert manager.session.get(address).json()["total"] == 2


def test_the_json_has_times_in_utc(recorded, visitor):
    before = datetime.now(timezone.utc)
    answer = visitor("manager").get(JSON)
    assert answer.headers["Content-Type"] == "application/json;charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = answer.json()
    assert found["at"].endswith("+00:00")
    assert datetime.fromisoformat(found["at"]) >= before
    assert found["now"] == {"members": 1, "guests": 1, "page_views_of_others": 1}
    first, other, guest, _rest = found["page_views"]
    moment = datetime.fromisoformat(first["at"])
    assert moment.utcoffset() == timedelta(0)
    assert before - moment < timedelta(minutes=1)
    assert first["who"] == {"kind": "member", "user": "bob", "name": "Bob Berger"}
    assert first["address"] == "198.51.100.7"
    assert first["page"]["url"] == "/board/agenda"
    assert first["page"]["link"].endswith("/plone/board/agenda")
    assert first["visit"]["pages"] == 2
    assert other["who"] == {"kind": "guest", "session": ""}
    assert (other["source"], other["visit"]) == ("server", None)
    assert guest["who"]["session"] == GUEST


def test_a_page_view_of_this_very_moment_is_shown(recorded, visitor):
    for seconds in (0, -90):
        seen(recorded.rules, "carol", seconds)
    found = rows(visitor("manager").get(LIVE))
    assert len(found) == 6
    assert "Carol Castillo" in found[0]
    assert "just now" in found[0]


@pytest.mark.parametrize(
    "seconds, words",
    [
        (-90, "just now"),
        (0.9, "just now"),
        (1, "1 s ago"),
        (59.9, "59 s ago"),
        (60, "1 min ago"),
        (3_599, "59 min ago"),
        (3_600, "1 h ago"),
        (90_000, "1 d ago"),
    ],
)
def test_how_long_ago_it_was(seconds, words):
    now = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
    assert translate(ago(now - timedelta(seconds=seconds), now)) == words


def test_what_is_older_is_not_live(recorded, visitor):
    seen(recorded.rules, "carol", 3_700)
    assert rows(visitor("manager").get(f"{LIVE}?member=carol")) == []


EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_what_others_send_is_text_and_no_markup(recorded, visitor):
    seen(
        f"/{EVIL}",
        "",
        session=EVIL[:60],
        agent=EVIL,
        referrer=f"https://news.example.org/{EVIL}",
        status=404,
    )
    seen("/x", "", referrer=f"https://{EVIL}/", address=EVIL[:60])
    seen("/y", "", referrer="javascript:alert(1)")
    seen("/z", "", referrer="http://[")
    with api.env.adopt_roles(["Manager"]):
        recorded.rules.title = EVIL
        recorded.rules.reindexObject()
    transaction.commit()
    manager = visitor("manager")
    for path in (LIVE, f"{LIVE}?list=1", VISITS, f"{LIVE}?member={EVIL}&page={EVIL}"):
        content = manager.get(path).text
        assert "<script>alert" not in content, path
        assert "<img src=x" not in content, path
    assert EVIL in rows(manager.get(LIVE))[0] or EVIL in rows(manager.get(LIVE))[3]
    hrefs = links(manager.get(LIVE)).values()
    assert all(href.startswith(manager.site_url) for href in hrefs)
    assert manager.get(JSON).json()["total"] == 8


def test_an_address_without_content_is_no_link(recorded, visitor):
    seen("/nowhere", "carol", status=404)
    answer = visitor("manager").get(f"{LIVE}?member=carol")
    assert "/nowhere Status 404" in rows(answer)[0]
    assert "/nowhere" not in links(answer)


def test_a_deleted_page_has_the_title_that_it_had(recorded, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(recorded.rules)
    transaction.commit()
    answer = visitor("manager").get(LIVE)
    assert "House rules" in rows(answer)[3]
    assert "House rules" not in links(answer)


def test_nobody_was_there(tracked, visitor):
    api.portal.set_registry_record("enabled", True, IVisitorSettings)
    transaction.commit()
    manager = visitor("manager")
    page = text_of(manager.get(LIVE))
    assert "Nobody has opened a page within the last hour." in page
    assert "members: 0, guests: 0" in page
    assert "No visit is known." in text_of(manager.get(VISITS))


def test_where_visits_are_not_recorded_it_says_so(tracked, visitor):
    answer = visitor("manager").get(LIVE)
    assert "Visits are not recorded now." in text_of(answer)
    assert "data-clicktracker-live" not in answer.text
    settings = links(answer)["ClickTracker Settings"]
    assert settings.endswith("/plone/@@clicktracker-settings")


@pytest.mark.parametrize("path", [LIVE, f"{LIVE}?list=1", VISITS])
def test_a_storage_that_is_down_is_said(recorded, visitor, path):
    store_dsn("dbname=tracking host=127.0.0.1 port=1 user=plone password=s3cret-word")
    transaction.commit()
    manager = visitor("manager")
    answer = manager.get(path)
    assert answer.status_code == 200
    assert "The storage can't be reached now" in answer.text
    assert "s3cret-word" not in answer.text
    answer = manager.get(JSON)
    assert answer.status_code == 503
    assert "can't be reached" in answer.json()["problem"]


def test_a_storage_without_visits_says_so(two_methods, tracked, visitor):
    for path in (LIVE, VISITS):
        answer = visitor("manager").get(path)
        assert "The storage of this site keeps no visits." in text_of(answer)
    assert visitor("manager").get(JSON).status_code == 503


def test_the_list_alone_is_without_a_theme_and_no_page(recorded, visitor):
    answer = visitor("manager").get(f"{LIVE}?list=1", whole=True)
    assert len(rows(answer)) == 4
    assert "<h1" not in answer.text
    assert "portal-footer" not in answer.text
    assert "tracker.js" not in answer.text
