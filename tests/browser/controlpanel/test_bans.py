"""The screen of the bans: what it lists, who may make and lift them, what it says."""

from datetime import timedelta
from plone import api
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.sites import bans as site_bans
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.bans import listed_bans
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.visitors.bans import Caller
from tests.plone_site import authenticator_in
from ZPublisher import HTTPRequest

import pytest
import re
import transaction


PROXY = "127.0.0.1"
OWN = "198.51.100.7"
LIST = "/@@clicktracker-bans"
FORM = "/@@clicktracker-ban"


@pytest.fixture(autouse=True)
def proxy(monkeypatch):
    """The tests are the trusted proxy, which says where a request comes from."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", (PROXY,))


@pytest.fixture
def somebody(visitor):
    """Return a function: somebody who comes from an address."""

    def at(name, address=OWN):
        found = visitor(name)
        found.session.headers["X-Forwarded-For"] = address
        return found

    return at


@pytest.fixture
def manager(somebody):
    return somebody("manager")


@pytest.fixture
def press(manager):
    """Return a function that fills in the form and presses "Ban"."""
    token = authenticator_in(manager.get(FORM).text)

    def press(network, duration="day", note="", authenticator=token):
        answer = manager.session.post(
            manager.site_url + FORM,
            data={
                "form.widgets.network": network,
                "form.widgets.duration:list": duration,
                "form.widgets.note": note,
                "form.buttons.save": "Ban",
                "_authenticator": authenticator,
            },
        )
        transaction.begin()
        return answer

    return press


@pytest.fixture
def lift(manager):
    """Return a function that presses the button of a ban that lifts it."""
    token = authenticator_in(manager.get(FORM).text)

    def press(network, authenticator=token, by=manager):
        answer = by.session.post(
            by.site_url + LIST,
            data={"network": network, "_authenticator": authenticator},
        )
        transaction.begin()
        return answer

    return press


def made(*texts, note="", until=None):
    for network in texts:
        ban(network, note, until, Caller(OWN, (PROXY,)))
    transaction.commit()


def current():
    return [each.network for each in listed_bans()[0]]


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def section(page, name):
    """Return what stands in a part of the list, as text."""
    found = re.search(rf'id="{name}".*?</(section|details)>', page, re.S)
    return text_of(found[0]) if found else None


def complaint(page, field):
    """Return what is said at a field."""
    found = re.search(rf'id="formfield-form-widgets-{field}".*', page, re.S)
    return text_of(
        re.search('<div class="invalid-feedback.*?</div>', found[0], re.S)[0]
    )


def test_the_control_panel_leads_there(manager):
    page = manager.get("/@@clicktracker-settings").text
    assert f'href="{manager.site_url}{LIST}"' in page
    page = manager.get(LIST).text
    assert "Nobody is banned." in page
    assert f'href="{manager.site_url}{FORM}"' in page
    assert "Earlier bans" not in page


def test_a_ban_is_made_listed_and_lifted(manager, press, lift, somebody):
    page = press("203.0.113.0/24", "unlimited", "tries passwords").text
    assert "203.0.113.0/24 is banned." in page
    listed = section(page, "current")
    assert "203.0.113.0/24 tries passwords Until somebody lifts it" in listed
    assert "Banned by admin" in listed
    assert somebody(None, "203.0.113.9").get("").status_code == 403
    page = lift("203.0.113.0/24").text
    assert "203.0.113.0/24 is no longer banned." in page
    assert "Nobody is banned." in section(page, "current")
    assert "Lifted by admin" in section(page, "earlier")
    assert somebody(None, "203.0.113.9").get("").status_code == 200
    assert "Nothing was changed." in lift("203.0.113.0/24").text


@pytest.mark.parametrize(
    "duration, days", [("hour", 1 / 24), ("day", 1), ("week", 7), ("month", 30)]
)
def test_a_ban_lasts_as_long_as_was_chosen(press, monkeypatch, duration, days):
    press("203.0.113.9", duration)
    ((found,), _ended) = listed_bans()
    lasts = found.until - found.since
    assert abs(lasts - timedelta(days=days)) < timedelta(minutes=1)
    monkeypatch.setattr(site_bans, "utc_now", lambda: found.until)
    assert current() == []


def test_a_ban_that_is_over_is_an_earlier_one(manager, monkeypatch):
    made("203.0.113.9", until=utc_now() + timedelta(hours=1))
    later = utc_now() + timedelta(hours=2)
    monkeypatch.setattr(site_bans, "utc_now", lambda: later)
    page = manager.get(LIST).text
    assert "Nobody is banned." in section(page, "current")
    assert "203.0.113.9" in section(page, "earlier")
    assert "Expired" in section(page, "earlier")


@pytest.mark.parametrize(
    "network, said",
    [
        ("", "Required input is missing."),
        ("nonsense", "Enter an address like 203.0.113.9"),
        ("203.0.113.9/24", "Enter 203.0.113.0/24 for the whole network"),
        ("0.0.0.0/0", "This would ban everybody."),
        ("::/0", "This would ban everybody."),
        (OWN, f"This network contains your own address, {OWN}."),
        ("198.51.100.0/24", f"This network contains your own address, {OWN}."),
        (f"::ffff:{OWN}", f"This network contains your own address, {OWN}."),
        (
            "127.0.0.0/8",
            "This network contains the proxy in front of this site, 127.0.0.1.",
        ),
        ("1" * 200, "Enter 100 characters at most"),
    ],
)
def test_what_can_not_be_banned_is_told_at_its_field(press, network, said):
    page = press(network).text
    assert said in complaint(page, "network")
    assert current() == []


def test_what_is_banned_already_is_told_at_its_field(press):
    press("203.0.113.9")
    page = press("203.0.113.9", "week").text
    assert "It is already banned. To change the ban, lift it first" in complaint(
        page, "network"
    )
    assert len(current()) == 1


def test_the_own_address_is_not_what_the_browser_says(manager, press):
    """The last one is the proxy's word."""
    manager.session.headers["X-Forwarded-For"] = f"203.0.113.9, {OWN}"
    page = manager.get(FORM).text
    assert f"Your own address is {OWN} ." in text_of(page)
    assert f"This network contains your own address, {OWN}." in complaint(
        press(OWN).text, "network"
    )
    press("203.0.113.9")
    assert current() == ["203.0.113.9"]


def test_a_link_fills_in_the_network_and_does_nothing(manager):
    page = manager.get(f"{FORM}?network=203.0.113.9").text
    assert 'value="203.0.113.9"' in page
    assert current() == []
    query = "form.widgets.network=203.0.113.9&form.buttons.save=Ban"
    assert manager.get(f"{FORM}?{query}").status_code == 403
    assert current() == []


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", '"><b>', "\0", "%ff"])
def test_what_a_link_brings_is_text(manager, value):
    answer = manager.session.get(manager.site_url + FORM, params={"network": value})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and '"><b>' not in answer.text


def test_a_note_is_text(manager, press):
    note = "<script>alert('note')</script> & \u202eturned"
    page = press("203.0.113.9", note=note).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    ((found,), _ended) = listed_bans()
    assert found.note == note


def test_a_forged_form_does_nothing(press, lift):
    assert press("203.0.113.9", authenticator="forged").status_code == 403
    assert current() == []
    made("203.0.113.9")
    assert lift("203.0.113.9", authenticator="forged").status_code == 403
    assert lift("203.0.113.9", authenticator="").status_code == 403
    assert current() == ["203.0.113.9"]


@pytest.mark.parametrize("path", [LIST, FORM])
@pytest.mark.parametrize("name", ["bob", None])
def test_who_does_not_manage_the_site_sees_and_does_nothing(
    somebody, press, lift, name, path
):
    made("203.0.113.9", note="secret note")
    visitor = somebody(name)
    answer = visitor.get(path)
    assert "secret note" not in answer.text
    assert "form.widgets.network" not in answer.text
    # With a token of their own, as every member gets one.
    own = authenticator_in(visitor.get("/@@personal-information").text) if name else ""
    lift("203.0.113.9", authenticator=own, by=visitor)
    visitor.session.post(
        visitor.site_url + FORM,
        data={
            "form.widgets.network": "203.0.113.10",
            "form.widgets.duration:list": "day",
            "form.buttons.save": "Ban",
            "_authenticator": own,
        },
    )
    transaction.begin()
    assert current() == ["203.0.113.9"]


def test_who_manages_tracking_of_content_bans_nobody(site, somebody):
    api.user.grant_roles(username="bob", roles=["Tracking Manager"])
    transaction.commit()
    assert "form.widgets.network" not in somebody("bob").get(FORM).text


def test_nothing_of_it_is_kept_by_caches(manager):
    for path in (LIST, FORM):
        assert manager.get(path).headers["Cache-Control"] == "private, no-store"


def test_while_clients_can_not_be_told_apart_bans_are_off(manager, press, monkeypatch):
    made("203.0.113.9")
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ())
    said = "Bans are off: requests come from 127.0.0.1"
    page = manager.get(LIST).text
    assert said in text_of(page)
    assert "Set trusted-proxy in zope.conf" in text_of(page)
    assert f'href="{manager.site_url}{FORM}"' not in page
    # What is banned can be lifted all the same.
    assert 'value="203.0.113.9"' in page
    assert said in text_of(manager.get(FORM).text)
    assert said in complaint(press("203.0.113.10").text, "network")
    assert current() == ["203.0.113.9"]


def test_a_proxy_that_says_nothing_is_told(somebody):
    manager = somebody("manager", "")
    page = text_of(manager.get(LIST).text)
    assert "its trusted proxy 127.0.0.1 doesn't say so" in page
    assert "clear_untrusted_proxy_headers" in page
    assert "Ban an address" in page


def test_the_lists_have_pages(manager):
    numbers = range(PAGE_SIZE + 1)
    made(*(f"203.0.113.{number}" for number in numbers))
    for number in numbers:
        site_bans.lift(f"203.0.113.{number}")
    made(*(f"2001:db8::{number:x}" for number in numbers))
    page = manager.get(LIST).text
    assert page.count('name="network"') == PAGE_SIZE
    assert 'name="find"' in page
    assert "2001:db8::0" not in page
    assert "<details" in page and not re.search("<details[^>]*open", page)
    page = manager.get(f"{LIST}?b_start={PAGE_SIZE}").text
    assert page.count('name="network"') == 1
    # A page of the earlier ones, which are unfolded then.
    page = manager.get(f"{LIST}?earlier_start={PAGE_SIZE}").text
    assert re.search("<details[^>]*open", page)
    assert section(page, "earlier").count("Lifted by") == 1
    for nonsense in ("99999999999", "-3", "x", ""):
        page = manager.get(f"{LIST}?b_start={nonsense}&earlier_start={nonsense}")
        assert page.status_code == 200


def test_a_ban_is_found_by_an_address_that_it_holds(manager):
    made("203.0.113.0/24", note="tries passwords")
    made("2001:db8::/32")
    # So few are seen at once.
    assert 'name="find"' not in manager.get(LIST).text
    page = manager.get(f"{LIST}?find=203.0.113.77").text
    assert "203.0.113.0/24" in section(page, "current")
    assert "2001:db8" not in section(page, "current")
    page = manager.get(f"{LIST}?find=%3Cb%3Enobody").text
    assert "No current ban matches" in section(page, "current")
    assert "<b>nobody" not in page
