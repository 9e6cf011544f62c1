"""When versions were saved, as Plone's history says it, for whoever looks."""

from datetime import datetime
from datetime import timezone
from plone import api
from slc.clicktracker.versions.saved_versions import SavedVersions
from tests.browser.report.versions import edit
from tests.browser.report.versions import save_on_days


def test_a_version_has_the_moment_at_which_it_was_saved(tracked):
    edit(tracked.agenda, description="Monday")
    save_on_days(tracked.agenda)
    with api.env.adopt_roles(["Anonymous"]):
        saved = SavedVersions(tracked.agenda)
        assert saved.at("1") == datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
    assert saved.at("7") is saved.at("") is None


def test_of_two_that_were_saved_in_a_minute_neither_is_alone(tracked):
    agenda = tracked.agenda
    for text in ("Monday", "Tuesday"):
        edit(agenda, description=text)
    save_on_days(agenda)
    assert SavedVersions(agenda).is_alone("1")
    edit(agenda, description="Wednesday")
    edit(agenda, description="Thursday")
    saved = SavedVersions(agenda)
    # Unless a minute has just begun.
    assert saved.is_alone("4") == (saved.at("3").minute != saved.at("4").minute)


def test_what_has_no_history_has_no_such_moment(tracked):
    folder = tracked
    assert SavedVersions(folder).at("1") is None


def test_a_version_that_was_purged_may_have_none(tracked):
    edit(tracked.agenda, description="Monday")
    repository = api.portal.get_tool("portal_repository")
    with api.env.adopt_roles(["Manager"]):
        repository.purge(tracked.agenda, 0)
    assert SavedVersions(tracked.agenda).at("0") is None
