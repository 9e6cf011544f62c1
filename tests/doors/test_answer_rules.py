"""What a site says about the noting of answers is known for some seconds, and no change
is missed."""

from slc.clicktracker.doors import answer_rules
from slc.clicktracker.doors.answer_rules import AnswerRules
from slc.clicktracker.doors.answer_rules import KEPT
from slc.clicktracker.doors.answer_rules import KEPT_RULES
from slc.clicktracker.doors.answer_rules import KeptRules
from slc.clicktracker.doors.answer_rules import UNDER_WAY
from tests.browser_visits import switch
from types import SimpleNamespace

import pytest
import transaction


@pytest.fixture
def clock(monkeypatch):
    """The time in seconds, which stands still; each look at the settings is counted."""
    found = SimpleNamespace(now=100.0, asked=0)

    def asked(site):
        found.asked += 1
        return AnswerRules(site, None, spool_limit=found.asked)

    monkeypatch.setattr(answer_rules, "_asked", asked)
    return found


@pytest.fixture
def in_site(monkeypatch):
    """Return a function: requests come to a site in a database."""

    def come(database, uid="site"):
        jar = SimpleNamespace(db=lambda: database)
        found = SimpleNamespace(_p_jar=jar, _plone_uuid=uid)
        monkeypatch.setattr(answer_rules, "getUtility", lambda interface: found)
        monkeypatch.setattr(answer_rules, "document_uid", lambda site: uid)

    come("database")
    return come


@pytest.fixture
def rules(clock, in_site):
    return KeptRules(lambda: clock.now)


def test_settings_are_looked_at_once_in_some_seconds(rules, clock):
    first = rules.of_site()
    clock.now += KEPT * 0.9
    assert rules.of_site() is first
    clock.now += KEPT * 0.2
    assert rules.of_site() is not first
    assert clock.asked == 2


def test_a_change_counts_at_once(rules, clock):
    first = rules.of_site()
    rules.forget()
    assert rules.of_site() is not first


def test_a_request_that_began_before_a_change_leaves_nothing_to_others(rules, clock):
    """What it knows may be the state before."""
    rules.forget()
    clock.now += UNDER_WAY * 0.9
    rules.of_site()
    rules.of_site()
    assert clock.asked == 2
    clock.now += UNDER_WAY * 0.2
    assert rules.of_site() is rules.of_site()


def test_a_change_while_settings_are_looked_at_is_not_missed(rules, clock, monkeypatch):
    def asked(site):
        rules.forget()
        return AnswerRules(site, None)

    with monkeypatch.context() as patched:
        patched.setattr(answer_rules, "_asked", asked)
        old = rules.of_site()
    clock.now += KEPT / 10
    assert rules.of_site() is not old


def test_sites_have_rules_of_their_own_and_so_have_their_copies(rules, in_site):
    first = rules.of_site()
    in_site("database", "other")
    assert rules.of_site().site == "other"
    in_site("database")
    assert rules.of_site() is first
    in_site("copy")
    assert rules.of_site() is not first


def test_setting_one_of_a_site_s_settings_is_a_change(tracked, monkeypatch):
    changes = []
    monkeypatch.setattr(KEPT_RULES, "forget", lambda: changes.append("changed"))
    switch(enabled=True)
    # With the change, and when others can see it.
    assert len(changes) == 2
    transaction.commit()
    assert len(changes) == 2


def test_whose_answers_are_noted_changes_with_the_next_request(
    in_browser, views_waiting, monkeypatch
):
    monkeypatch.setattr(KEPT_RULES, "_changed", float("-inf"))
    guest = in_browser()
    guest.get("/rules")
    switch(source="server")
    guest.get("/rules")
    assert len(views_waiting()) == 1
    monkeypatch.setattr(KEPT_RULES, "_changed", float("-inf"))
    guest.get("/rules")
    assert KEPT_RULES._kept
    guest.get("/rules")
    assert len(views_waiting()) == 3
    switch(untracked_paths=("/rules",))
    guest.get("/rules")
    assert len(views_waiting()) == 3
