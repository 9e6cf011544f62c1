"""The activities of a site are those of its registry, and those of packages."""

from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.activities.activities import classified
from slc.clicktracker.activities.run import Run
from slc.clicktracker.interfaces import IActivity
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.sites.activity_rules import activity_setting
from slc.clicktracker.sites.activity_rules import site_activities
from tests.activities.events import event
from ZODB.POSException import ConflictError
from zope.component import getUtility

import pytest


def test_places_are_those_of_the_site(portal):
    lines = ("News: read; below /news", "All: read")
    api.portal.set_registry_record("rules", lines, IActivityRules)
    news, everything = (each.parts[0] for each in site_activities())
    assert news.place == "/plone/news"
    assert everything.place == ""
    *rest, tried = site_activities("Tried: added")
    assert (len(rest), tried.title) == (2, "Tried")


def test_lines_of_other_code_that_are_no_rules_are_left_out(portal):
    lines = ("nonsense", "All: read")
    api.portal.set_registry_record("rules", lines, IActivityRules)
    assert [each.title for each in site_activities()] == ["All"]


def test_a_site_that_was_not_upgraded_has_no_rules(portal):
    records = getUtility(IRegistry).records
    for name in IActivityRules.names():
        del records[f"{IActivityRules.__identifier__}.{name}"]
    assert site_activities() == ()
    assert activity_setting("smallest_group") == 5


class Conflicts:
    title = "Conflicts"
    position = 0

    def claimed(self, run):
        raise ConflictError


def test_a_conflict_has_the_whole_request_made_again(portal):
    manager = portal.getSiteManager()
    manager.registerUtility(Conflicts(), IActivity, name="conflicts")
    with pytest.raises(ConflictError):
        list(classified(Run((event(1),)), site_activities()))
