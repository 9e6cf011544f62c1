"""Forwarding in the control panel: what is asked for, how it goes, and what can be done."""

from datetime import timedelta
from plone import api
from slc.clicktracker.analytics.forwarding import ForwardedToMatomo
from slc.clicktracker.analytics.settings import BY_SERVER
from slc.clicktracker.browser.controlpanel.forwarding_words import problem_in_words
from slc.clicktracker.browser.controlpanel.forwarding_words import reason_in_words
from slc.clicktracker.forwarding import problems
from slc.clicktracker.forwarding.matomo import MatomoSender
from slc.clicktracker.sites.secrets import secret
from slc.clicktracker.sites.secrets import store_secret
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import Settlement
from tests.analytics.pages import switch
from tests.analytics.pages import use_matomo
from tests.browser.controlpanel.fields import of_field
from tests.forwarding.services import Service

import pytest
import transaction


PATH = "/@@clicktracker-forwarding"
TOKEN = "0123456789abcdef" * 2

FORWARDED = {
    "matomo.address": "stats.example.org",
    "matomo.site_id": "4",
    "matomo.transport": BY_SERVER,
}


def stored():
    transaction.begin()
    return secret("matomo_token", ForwardedToMatomo().place())


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"matomo.transport": BY_SERVER}, "matomo-transport", "Matomo: site ID"),
        (
            {"clicky.transport": BY_SERVER, "clicky.site_id": "12345678"},
            "clicky-transport",
            "this server needs: Clicky: admin site key.",
        ),
        ({"matomo.matomo_token": "a b"}, "matomo-matomo_token", "letters and digits"),
        ({"matomo.matomo_token": "a" * 129}, "matomo-matomo_token", "letters and dig"),
    ],
)
def test_what_forwarding_lacks_is_told_at_the_field(panel, values, field, said):
    page = panel("save", **values).text
    assert "Nothing was saved. Correct these fields first:" in page
    assert said in of_field(field, page)
    assert stored() == ""


def test_a_token_goes_in_and_never_comes_out_again(panel, site):
    page = panel("save", **FORWARDED, **{"matomo.matomo_token": TOKEN}).text
    assert "Changes saved" in page
    assert stored() == TOKEN
    page = panel.get().text
    assert TOKEN not in page
    assert "A value is stored. Leave empty to keep it" in page
    # Nor is it anywhere in the registry, which REST shows.
    registry = api.portal.get_tool("portal_registry")
    assert TOKEN not in str([record.value for record in registry.records.values()])
    # An empty field keeps it.
    panel("save", **FORWARDED)
    assert stored() == TOKEN


def test_a_stored_token_is_told_to_nobody_at_another_address(panel, site):
    panel("save", **FORWARDED, **{"matomo.matomo_token": TOKEN})
    moved = {**FORWARDED, "matomo.address": "stats.example.com"}
    assert "for another address. Enter it again" in panel("save", **moved).text
    transaction.begin()
    assert ForwardedToMatomo().sender().token == ""
    # Nor by another protocol.
    tokens = set()
    for https in (True, False):
        use_matomo(transport=BY_SERVER, https=https)
        tokens.add(ForwardedToMatomo().sender().token)
    assert tokens == {TOKEN, ""}
    panel("save", **moved, **{"matomo.matomo_token": TOKEN})
    transaction.begin()
    assert ForwardedToMatomo().sender().token == TOKEN


def test_what_the_server_says_beats_what_is_stored(panel, site, monkeypatch):
    store_secret("sitekey_admin", TOKEN)
    transaction.commit()
    monkeypatch.setenv("CLICKTRACKER_SITEKEY_ADMIN", "fromtheserver1")
    assert secret("sitekey_admin") == "fromtheserver1"
    assert "It comes from the configuration of this server" in panel.get().text
    values = {"clicky.transport": BY_SERVER, "clicky.site_id": "12345678"}
    assert "Changes saved" in panel("save", **values).text


def test_a_token_of_the_server_goes_to_no_other_address_than_it_says(
    panel, site, monkeypatch
):
    monkeypatch.setenv("CLICKTRACKER_MATOMO_TOKEN", TOKEN)
    use_matomo(transport=BY_SERVER, address="stats.example.org")
    sent = {}
    for bound in (
        *("", "http://stats.example.org", "stats.example.com"),
        *(
            "stats.example.org/matomo",
            "stats.example.org",
            "https://Stats.example.org/",
        ),
    ):
        monkeypatch.setenv("CLICKTRACKER_MATOMO_TOKEN_FOR", bound)
        sent[bound] = ForwardedToMatomo().sender().token
    assert [bound for bound in sent if sent[bound]] == [
        "stats.example.org",
        "https://Stats.example.org/",
    ]
    elsewhere = "configuration of this server is for another address"
    assert elsewhere not in panel.get().text
    monkeypatch.setenv("CLICKTRACKER_MATOMO_TOKEN_FOR", "stats.example.com")
    assert elsewhere in panel.get().text


@pytest.fixture
def outbox(site):
    """One with five page views, two of which are in doubt and one is sent."""
    use_matomo(transport=BY_SERVER)
    outbox = site_storage()
    since = utc_now() - timedelta(hours=3)
    keys = [f"{n:032x}" for n in range(5)]
    url = "https://example.org/"
    outbox.put_hits([Hit("matomo", key, since, url) for key in keys])
    claim = outbox.claim_hits("matomo", 5, timedelta(minutes=1))
    outbox.settle_hits(
        "matomo",
        claim,
        Settlement(
            counted=tuple(keys[:1]),
            back=tuple(keys[1:3]),
            aside=tuple((key, "in-doubt") for key in keys[3:]),
            problem="redirects",
            detail="HTTP 302",
            due=utc_now() + timedelta(hours=1),
        ),
    )
    return outbox


@pytest.fixture
def press(panel, visitor):
    """Return a function that presses a button of the box."""

    def button(name, **data):
        manager = visitor("manager")
        values = {"_authenticator": panel.token, "service": "matomo", name: "1"}
        return manager.session.post(manager.site_url + PATH, data={**values, **data})

    return button


def test_nothing_is_said_where_nothing_is_forwarded(panel):
    assert "clicktracker-forwarding" not in panel.get().text


def test_how_it_goes_and_what_to_do(box, outbox):
    found = box("forwarding")
    assert "Waiting 2 since" in found.text
    assert "Sent and counted 1" in found.text
    assert "Enter that address. HTTP 302" in found.text
    assert "Set aside: 2 The oldest is from" in found.text
    assert "some may count twice" in found.text
    # What waits for hours is as bad as can be, and said above the form as well.
    assert "alert-danger" in found.html


def test_what_is_wrong_is_said_on_top(panel, outbox):
    page = panel.get().text
    assert (
        "Matomo redirects to another address."
        in page.split('id="clicktracker-details"')[0]
    )


@pytest.mark.parametrize(
    ("button", "waiting", "said"),
    [("again", 4, "wait again: 2."), ("discard", 2, "discarded: 2.")],
)
def test_what_was_set_aside_is_tried_again_or_discarded(
    press, outbox, button, waiting, said
):
    assert said in press(button, reason="in-doubt").text
    state = outbox.outbox("matomo")
    assert (state.waiting, state.aside) == (waiting, ())


@pytest.fixture
def matomo(monkeypatch):
    """A service that answers instead of Matomo."""
    service = Service()
    sender = MatomoSender(f"{service.base}/matomo.php", "4", token=service.token)
    monkeypatch.setattr(ForwardedToMatomo, "sender", lambda self: sender)
    yield service
    service.end()


def test_it_is_tried_now_and_what_came_of_it_is_said(press, outbox, matomo):
    assert "sent and counted: 1." in press("try").text
    state = outbox.outbox("matomo")
    assert (state.problem, state.due, state.waiting) == ("", None, 1)
    assert len(matomo.counted) == 1


def test_a_try_that_fails_says_why_and_puts_nothing_off(press, outbox, matomo):
    due = outbox.outbox("matomo").due
    matomo.answer = matomo.status_of(429)
    for _ in range(3):
        assert "Matomo is not accepting anything at the moment" in press("try").text
        assert outbox.outbox("matomo").due <= due


def test_a_stored_token_is_removed(press, panel, site):
    store_secret("matomo_token", TOKEN)
    transaction.commit()
    assert "was removed" in press("forget").text
    assert stored() == ""


def test_a_link_or_a_stranger_does_nothing(press, visitor, outbox):
    manager = visitor("manager")
    assert manager.get(f"{PATH}?service=matomo&discard=1").status_code == 403
    assert press("discard", reason="in-doubt", _authenticator="").status_code == 403
    bob = visitor("bob")
    values = {"service": "matomo", "discard": "1", "reason": "in-doubt"}
    answer = bob.session.post(bob.site_url + PATH, data=values)
    assert "discarded" not in answer.text
    assert outbox.outbox("matomo").aside[0].number == 2


def test_where_something_is_missing_what_is_to_be_sent_is_kept(box, outbox):
    use_matomo(transport=BY_SERVER, site_id=None)
    assert "its settings are incomplete" in box("forwarding").text


def test_where_no_address_is_known_and_some_are_internal_it_is_said(box, outbox):
    switch(internal_networks=("192.0.2.0/24",))
    assert "Set trusted-proxy in zope.conf" in box("forwarding").text


def test_there_are_words_for_all_that_may_go_wrong():
    names = {
        getattr(problems, name)
        for name in vars(problems)
        if name.isupper() and isinstance(getattr(problems, name), str)
    }
    reasons = set(problems.REASONS)
    for name in names - reasons:
        assert "not known" not in problem_in_words(name, "Matomo")
    for name in reasons:
        assert "not known" not in reason_in_words(name, "Matomo")


def test_a_token_that_was_not_stored_is_not_sent_back_either(panel):
    wrong = {"matomo.site_id": "four", "matomo.matomo_token": TOKEN}
    page = panel("save", **wrong).text
    assert "Nothing was saved." in page
    assert TOKEN not in page
