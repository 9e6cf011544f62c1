"""The rules of a site are those of its registry, at once, and made once."""

from plone import api
from plone.app.testing import logout
from plone.registry.interfaces import IRegistry
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites import visitor_rules as visitor_rules_module
from slc.clicktracker.sites.visitor_rules import roles_and_groups
from slc.clicktracker.sites.visitor_rules import visitor_rules
from slc.clicktracker.sites.visitor_rules import visitor_setting
from tests.audience.people import add_group
from zope.component import getUtility
from zope.globalrequest import getRequest

import transaction


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


def settle(**values):
    for name, value in values.items():
        api.portal.set_registry_record(name, value, IVisitorSettings)


def rule_against(**given):
    person = {"address": "203.0.113.7", "agent": FIREFOX, "path": "/news"}
    return visitor_rules().decide(**person | given).rule


def test_nothing_is_recorded_on_a_new_site(portal):
    assert rule_against() == "enabled"


def test_a_site_that_was_not_upgraded_records_nothing(portal):
    records = getUtility(IRegistry).records
    for name in IVisitorSettings.names():
        del records[f"{IVisitorSettings.__identifier__}.{name}"]
    assert rule_against() == "enabled"
    assert visitor_setting("idle_gap") == 30
    assert visitor_setting("guest_cookie") == "never"


def test_every_setting_counts(portal):
    settle(
        enabled=True,
        internal_networks=("10.0.0.0/8",),
        untracked_paths=("/board",),
        untracked_statuses=("404",),
        untracked_agents=("opera",),
        untracked_roles=("Manager",),
        untracked_groups=("objectors",),
    )
    assert rule_against() == ""
    assert rule_against(address="10.1.2.3") == "internal_networks"
    assert rule_against(path="/board/agenda") == "untracked_paths"
    assert rule_against(status=404) == "untracked_statuses"
    assert rule_against(agent="Opera/9.8") == "untracked_agents"
    assert rule_against(roles=("Manager",)) == "untracked_roles"
    assert rule_against(groups=("objectors",)) == "untracked_groups"
    assert rule_against(agent="curl/8") == "known_crawlers"
    settle(known_crawlers=False)
    assert rule_against(agent="curl/8") == ""


def test_a_change_counts_at_once_and_the_old_state_comes_back(portal):
    settle(enabled=True)
    first = visitor_rules()
    settle(untracked_paths=("/news",))
    assert rule_against() == "untracked_paths"
    settle(untracked_paths=())
    assert visitor_rules() is first


def test_what_was_taken_back_does_not_count(site):
    settle(enabled=True)
    transaction.commit()
    settle(untracked_paths=("/news",))
    assert rule_against() == "untracked_paths"
    transaction.abort()
    # The request of the test remembers what it has read of the registry.
    getRequest().other.pop("_plone_registry_cache", None)
    assert rule_against() == ""


def networks(count):
    """As many networks, as another connection loads them: equal, and not the same."""
    return tuple(f"10.{each // 256}.{each % 256}.0/24" for each in range(count))


def test_entries_are_looked_through_once_for_each_connection(portal, monkeypatch):
    """Pages after that have nothing to compare, however many entries there are."""
    settle(enabled=True, internal_networks=networks(1000))
    rules = visitor_rules()
    looked_through = []
    made = visitor_rules_module._rules_of

    def rules_of(values):
        looked_through.append(values)
        return made(values)

    monkeypatch.setattr(visitor_rules_module, "_rules_of", rules_of)
    settle(internal_networks=networks(1000))
    assert visitor_rules() is rules
    assert rule_against() == ""
    assert len(looked_through) == 1


def test_a_guest_has_the_role_of_guests(portal):
    logout()
    assert roles_and_groups() == (("Anonymous",), ())


def test_what_a_group_has_those_in_a_group_within_it_have(board):
    with api.env.adopt_roles(["Manager"]):
        add_group("staff", "bob")
        add_group("objectors", "staff")
        api.group.grant_roles(groupname="objectors", roles=["Reviewer"])
    with api.env.adopt_user("bob"):
        roles, groups = roles_and_groups()
    assert {"Member", "Reviewer", "Authenticated"} <= set(roles)
    assert {"objectors", "AuthenticatedUsers"} <= set(groups)
    settle(enabled=True, untracked_groups=("objectors",))
    assert rule_against(roles=roles, groups=groups) == "untracked_groups"
    settle(untracked_groups=(), untracked_roles=("Reviewer",))
    assert rule_against(roles=roles, groups=groups) == "untracked_roles"
