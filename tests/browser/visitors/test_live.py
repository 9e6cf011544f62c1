"""The live feed: who is doing what on the site now."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from lxml import html
from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.times import ago
from tests.audience.people import add_group
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen
from zope.i18n import translate

import pytest
import re
import transaction


LIVE = "/@@clicktracker-live"
JSON = "/@@clicktracker-live.json"
VISITS = "/@@clicktracker-visits"


def rows(answer):
    """Return the text of each row."""
    assert answer.status_code == 200
    found = html.fromstring(answer.text).get_element_by_id("clicktracker-feed")
    return [" ".join(row.text_content().split()) for row in found.xpath(".//ol/li")]


def links(answer):
    content = html.fromstring(answer.text).get_element_by_id("content")
    return {a.text_content().strip(): a.get("href") for a in content.xpath(".//a")}


def text_of(answer):
    content = html.fromstring(answer.text).get_element_by_id("content")
    return " ".join(content.text_content().split())


def hide_names():
    api.portal.get().manage_permission(VIEW_READERS, [], acquire=0)
    transaction.commit()


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


@pytest.mark.parametrize("path", [LIVE, f"{LIVE}?list=1", JSON, VISITS])
@pytest.mark.parametrize("name", [None, "bob"])
def test_it_is_for_nobody_else(recorded, visitor, path, name):
    answer = visitor(name).get(path)
    assert "/login" in answer.url or "insufficient-privileges" in answer.url
    assert "198.51.100.7" not in answer.text


def test_not_for_who_looks_after_a_part_of_the_site(recorded, secretary):
    for path in (LIVE, JSON, VISITS):
        assert "insufficient-privileges" in secretary.get(path).url
    assert secretary.get("/board/@@clicktracker-live").status_code == 404


def test_a_tracking_manager_of_the_whole_site_does_not_see_visitors(recorded, visitor):
    recorded.manage_setLocalRoles("carol", ["Tracking Manager"])
    transaction.commit()
    assert "insufficient-privileges" in visitor("carol").get(LIVE).url


def test_names_and_addresses_have_a_permission_of_their_own(recorded, visitor):
    hide_names()
    manager = visitor("manager")
    for path in (LIVE, JSON, f"{LIVE}?list=1", VISITS):
        text = manager.get(path).text.partition('id="content"')[2] or ""
        text = text or manager.get(path).text
        for secret in ("Berger", '"bob"', "=bob", "198.51.100.7", "203.0.113.9"):
            assert secret not in text, (path, secret)
    assert "a member" in rows(manager.get(LIVE))[0]
    assert "Guest 3fa9" in rows(manager.get(LIVE))[2]


def test_who_may_not_see_names_does_not_find_members_either(recorded, visitor):
    hide_names()
    add_group("board", "bob")
    transaction.commit()
    manager = visitor("manager")
    everything = rows(manager.get(LIVE))
    for query in ("member=carol", "group=board", "person=carol", "member=bob"):
        assert len(rows(manager.get(f"{LIVE}?{query}"))) == len(everything)
    path = text_of(manager.get(f"{VISITS}?person=bob"))
    assert "Berger" not in path
    assert "The path of" not in path


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
        assert "Nothing within the last hour fits" in text_of(page)


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


def test_a_page_that_the_viewer_may_not_view_is_not_named(recorded, visitor):
    recorded.manage_setLocalRoles("carol", ["Member"])
    recorded.manage_permission(VIEW_VISITORS, ["Manager", "Member"], acquire=0)
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(recorded.rules, "retract")
    transaction.commit()
    carol = visitor("carol")
    assert "a page that you may not view" in rows(carol.get(LIVE))[2]
    assert "ouse rules" not in text_of(carol.get(LIVE))
    assert "/rules" not in carol.get(JSON).text


def test_each_visitor_can_be_followed(recorded, visitor):
    manager = visitor("manager")
    found = links(manager.get(LIVE))
    path = text_of(manager.get(found["Bob Berger"].removeprefix(manager.site_url)))
    assert "The path of Bob Berger through this site" in path
    assert "Pages: 2. Time on the site: 4 min 48 s." in path
    assert path.index("House rules") < path.index("Agenda")
    guest = manager.get(found["Guest 3fa9"].removeprefix(manager.site_url))
    assert "The path of Guest 3fa9" in text_of(guest)
    assert "a guest" not in found


def test_a_path_has_visits_now_and_earlier(recorded, visitor):
    for day in range(1, 13):
        seen(recorded.rules, "bob", day * 86_400, engaged=5_000)
    manager = visitor("manager")
    answer = manager.get(f"{VISITS}?person=bob")
    assert answer.text.count("<section") == 10
    second = manager.get(f"{VISITS}?person=bob&b_start:int=10")
    assert second.text.count("<section") == 3
    assert "12 d ago" in text_of(second)
    beyond = manager.get(f"{VISITS}?person=bob&b_start:int=500")
    assert beyond.text.count("<section") == 3


def test_time_on_a_page_is_known_of_the_script_alone(recorded, visitor):
    at = datetime.now(timezone.utc) - timedelta(minutes=9)
    seen(recorded.rules, "carol", at=at, seen=at + timedelta(minutes=2), engaged=65_000)
    seen(recorded.rules, "alice", source="server")
    manager = visitor("manager")
    assert "engaged for 1 min 5 s" in text_of(manager.get(f"{VISITS}?person=carol"))
    assert "not known for how long" in text_of(manager.get(f"{VISITS}?person=alice"))


def test_somebody_who_was_never_there(recorded, visitor):
    answer = visitor("manager").get(f"{VISITS}?person=dave")
    assert "The path of dave" in text_of(answer)
    assert "No visit is known." in text_of(answer)


def test_a_look_at_names_is_recorded_once_an_hour(recorded, visitor):
    manager = visitor("manager")
    for path in (LIVE, f"{LIVE}?list=1", JSON, LIVE):
        assert manager.get(path).status_code == 200
    transaction.begin()
    (look,) = looks_at(Reader("bob"))
    assert (look.by.user, look.what) == ("admin", "feed")
    assert datetime.now(timezone.utc) - look.at < timedelta(minutes=1)
    manager.get(f"{VISITS}?person=bob")
    transaction.begin()
    assert [each.what for each in looks_at(Reader("bob"))] == ["feed", "path"]


def test_what_is_recorded_already_is_not_written_again(recorded, visitor):
    manager = visitor("manager")
    manager.get(LIVE)
    transaction.begin()
    before = recorded._p_jar.db().lastTransaction()
    manager.get(f"{LIVE}?list=1")
    manager.get(LIVE)
    assert recorded._p_jar.db().lastTransaction() == before


def test_who_sees_no_names_has_looked_at_nobody(recorded, visitor):
    hide_names()
    manager = visitor("manager")
    manager.get(LIVE)
    manager.get(VISITS)
    transaction.begin()
    assert looks_at(Reader("bob")) == []


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


def test_whoever_manages_the_site_can_ban_an_address(recorded, visitor):
    seen(recorded.rules, "carol", address="")
    manager = visitor("manager")
    found = links(manager.get(LIVE))
    address = f"{manager.site_url}/@@clicktracker-bans?network="
    bans = {href for href in found.values() if "clicktracker-bans" in href}
    assert bans == {f"{address}198.51.100.7", f"{address}203.0.113.9"}
    hide_names()
    assert "clicktracker-bans" not in manager.get(LIVE).text


def test_nobody_else_can(recorded, visitor):
    recorded.manage_permission(VIEW_VISITORS, ["Member"], acquire=1)
    recorded.manage_permission(VIEW_READERS, ["Member"], acquire=1)
    transaction.commit()
    carol = visitor("carol")
    assert "198.51.100.7" in rows(carol.get(LIVE))[0]
    assert "clicktracker-bans" not in carol.get(LIVE).text


def test_the_menu_offers_it_where_visits_are_recorded(recorded, visitor):
    address = "/@@clicktracker-live"
    assert address in visitor("manager").get("/rules").text
    assert address not in visitor("bob").get("/rules").text
    api.portal.set_registry_record("enabled", False, IVisitorSettings)
    transaction.commit()
    assert address not in visitor("manager").get("/rules").text
