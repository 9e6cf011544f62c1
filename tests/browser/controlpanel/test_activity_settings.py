"""Rules for activities in ClickTracker Settings: kept, refused, and offered by a link."""

from html import unescape
from plone import api
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.interfaces import IVisitorSettings
from tests.analytics.pages import switch
from tests.browser.controlpanel.fields import of_field
from urllib.parse import urlencode

import re


BULK = "Bulk submitting: added; at least 5 within 10 minutes"
FOLLOWING = "New activity: event follow; type Document"


def kept():
    return {
        name: api.portal.get_registry_record(name, IActivityRules)
        for name in IActivityRules.names()
    }


def typed(page):
    """Return the lines that are in the field."""
    found = re.search(
        r'<textarea[^>]*activities\.rules"[^>]*>(.*?)</textarea>', page, re.S
    )
    return unescape(found[1]).split("\n")


def offered(panel, line):
    return panel.get(f"?{urlencode({'activity_rule': line}, doseq=True)}").text


def test_rules_are_kept_in_their_order(panel):
    values = {
        "activities.run_gap": "45",
        "activities.rules": f"Reading: read\r\n\r\n{BULK}\r\n",
        "activities.smallest_group": "10",
    }
    assert "Changes saved" in panel("save", **values).text
    assert kept() == {
        "run_gap": 45,
        "rules": ("Reading: read", BULK),
        "smallest_group": 10,
    }


def test_a_line_that_is_no_rule_is_told_at_the_field_with_what_to_do(panel):
    page = panel("save", **{"activities.rules": f"{BULK}\r\nBulk: deleted"}).text
    said = of_field("activities-rules", page)
    assert "“deleted” is not something that members do. After the name, write" in said
    assert re.search(r'<details[^>]*id="fieldset-activity-rules"[^>]* open', page)
    assert kept()["rules"] == ()


def test_what_no_rule_claims_is_no_name_in_any_language(panel):
    page = panel("save", **{"activities.rules": "nicht eingeordnet: read"}).text
    assert "is the name for events without a rule" in of_field("activities-rules", page)


def test_no_group_can_be_so_small_that_it_is_somebody(panel):
    page = panel("save", **{"activities.smallest_group": "2"}).text
    assert "The smallest number here is 3." in of_field(
        "activities-smallest_group", page
    )


def test_a_link_offers_a_rule_that_is_saved_by_its_button_alone(panel):
    panel("save", **{"activities.rules": BULK})
    page = offered(panel, FOLLOWING)
    assert typed(page) == [BULK, FOLLOWING]
    assert "is not saved yet" in page
    assert re.search(r'<details[^>]*id="fieldset-activity-rules"[^>]* open', page)
    assert kept()["rules"] == (BULK,)
    panel("save", **{"activities.rules": f"{BULK}\r\nFollowing: event follow"})
    assert kept()["rules"] == (BULK, "Following: event follow")


def test_what_is_no_rule_or_there_already_is_not_offered(panel):
    panel("save", **{"activities.rules": BULK})
    for line in ("", "<script>alert(1)</script>", "Follow us on example.org", BULK):
        page = offered(panel, line)
        assert typed(page) == [BULK]
        assert "is not saved yet" not in page


def test_of_several_that_a_link_offers_it_is_the_last(panel):
    assert typed(offered(panel, [BULK, FOLLOWING])) == [FOLLOWING]


def test_rules_that_claim_nothing_are_kept_and_it_is_said_why(panel):
    lines = (
        "Writing: added, edited",
        BULK,
        "Typo: read; type Newsitem; below /nowhere",
        "Approving: workflow publsh, workflow publish",
        "Right: read, event follow; type Document",
        "Spaced: event follow me",
    )
    panel("save", **{"activities.rules": "\r\n".join(lines)})
    assert kept()["rules"] == lines
    switch(IMemberEventsSettings, page_events=True)
    page = panel.get().text
    said = " ".join(unescape(page).split())
    for each in (
        "“Writing” comes before “Bulk submitting” and claims everything",
        "“Typo”: this site has no content type with the id Newsitem.",
        "“Typo”: there is nothing at /nowhere now.",
        "“Spaced”: no page can send an event with the name follow me.",
        "no workflow of this site has a transition with the id publsh.",
    ):
        assert each in said
    assert "“Right”" not in said
    assert re.search(r'<details[^>]*id="fieldset-activity-rules"[^>]* open', page)


def test_what_is_recorded_of_nobody_is_said_of_rules_about_it(panel):
    lines = ("Looking: viewed", "Playing: event play", "Reading: read")
    panel("save", **{"activities.rules": "\r\n".join(lines)})
    said = unescape(panel.get().text)
    off = (
        "“Looking”: visits are not recorded, so nobody knows what is viewed.",
        "“Playing”: “Events from pages” is off, so no page sends an event now.",
    )
    # Each stands in a line of its own.
    assert "\n".join(off) in said
    switch(IMemberEventsSettings, page_events=True)
    switch(IVisitorSettings, enabled=True)
    said = unescape(panel.get().text)
    assert not any(each in said for each in off)
