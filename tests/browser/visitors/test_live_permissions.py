"""Who may see the live feed, the names in it, and what is noted of that."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.storage.model import Reader
from tests.audience.people import add_group
from tests.browser.visitors.screens import hide_names
from tests.browser.visitors.screens import JSON
from tests.browser.visitors.screens import links
from tests.browser.visitors.screens import LIVE
from tests.browser.visitors.screens import rows
from tests.browser.visitors.screens import text_of
from tests.browser.visitors.screens import VISITS
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen

import pytest
import transaction


BAN = "/@@clicktracker-ban"


@pytest.mark.parametrize("path", [LIVE, f"{LIVE}?list=1", JSON, VISITS])
@pytest.mark.parametrize("name", [None, "bob"])
def test_it_is_for_nobody_else(recorded, visitor, path, name):
    answer = visitor(name).get(path)
    assert "/login" in answer.url or "insufficient-privileges" in answer.url
    assert "198.51.100.7" not in answer.text


def test_not_for_who_looks_after_a_part_of_the_site(recorded, secretary):
    for path in (LIVE, JSON, VISITS):
        for place in ("", "/board"):
            assert "insufficient-privileges" in secretary.get(place + path).url


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


def test_whoever_manages_the_site_can_ban_an_address(recorded, visitor):
    seen(recorded.rules, "carol", address="")
    manager = visitor("manager")
    found = links(manager.get(LIVE))
    address = f"{manager.site_url}/@@clicktracker-ban?network="
    bans = {href for href in found.values() if "clicktracker-ban" in href}
    assert bans == {f"{address}198.51.100.7", f"{address}203.0.113.9"}
    form = manager.get(f"{BAN}?network=203.0.113.9")
    assert 'value="203.0.113.9"' in form.text
    hide_names()
    assert "clicktracker-ban" not in manager.get(LIVE).text


def test_what_is_left_of_an_address_is_nobody_to_ban(recorded, visitor):
    seen(recorded.rules, "carol", address="203.0.113.0")
    answer = visitor("manager").get(VISITS)
    assert "203.0.113.0" in text_of(answer)
    assert f"{BAN}?network=198.51.100.7" in answer.text
    assert f"{BAN}?network=203.0.113.0" not in answer.text


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


@pytest.mark.parametrize("names", [True, False])
def test_a_guest_who_has_logged_in_is_followed_by_those_who_see_names_alone(
    recorded, visitor, names
):
    seen(recorded.board, "carol", 50, session=GUEST)
    if not names:
        hide_names()
    manager = visitor("manager")
    for path in (VISITS, LIVE):
        answer = manager.get(f"{path}?guest={GUEST}")
        assert ("/board" in text_of(answer)) == names
    keys = manager.get(f"{JSON}?guest={GUEST}").json()["page_views"]
    assert len(keys) == (2 if names else 1)
