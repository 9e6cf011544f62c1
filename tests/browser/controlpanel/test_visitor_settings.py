"""The settings about visitors in ClickTracker Settings: what is kept, and what is refused."""

from html import unescape
from plone import api
from slc.clicktracker.doors.visitor import guest_cookie
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.uids import document_uid
from tests.audience.people import add_group
from tests.browser.controlpanel.fields import of_field

import pytest
import re
import transaction


def kept():
    return {
        name: api.portal.get_registry_record(name, IVisitorSettings)
        for name in IVisitorSettings.names()
    }


def test_the_name_of_the_guests_cookie_is_told(panel, portal):
    """Consent banners have to know it, and each site has its own."""
    name = guest_cookie(document_uid(portal))
    found = re.search(
        r'class="clicktracker-guest-cookie alert alert-info"[^>]*>(.*?)</p>',
        panel.get().text,
        re.S,
    )
    assert f"is called {name}." in found[1]


def test_what_is_saved_is_kept(panel, site):
    with api.env.adopt_roles(["Manager"]):
        add_group("objectors", "bob")
    transaction.commit()
    values = {
        "enabled": "selected",
        "source": "server",
        "guest_cookie": "consent",
        "idle_gap": "45",
        "presence_timeout": "5",
        "presence_minimum": "3",
        "query_strings": "selected",
        "untracked_paths": "/news\r\n/über-uns/",
        "untracked_agents": "opera\r\nMozilla/4",
        "untracked_roles": ["Anonymous", "Manager"],
        "untracked_groups": "objectors",
        "untracked_statuses": "404\r\n5xx",
        "internal_networks": "10.0.0.0/8\r\n2001:db8::1",
        "location_file": "/srv/places.mmdb",
        "location_reading": "memory",
        "keep_page_views": "30",
        "keep_visits": "60",
        "keep_addresses": "1",
    }
    assert "Changes saved" in panel("save", **values).text
    assert kept() == {
        "enabled": True,
        "source": "server",
        "guest_cookie": "consent",
        "idle_gap": 45,
        "presence_timeout": 5,
        "presence_minimum": 3,
        "query_strings": True,
        "untracked_paths": ("/news", "/über-uns/"),
        "untracked_agents": ("opera", "Mozilla/4"),
        "known_crawlers": False,
        "untracked_roles": ("Anonymous", "Manager"),
        "untracked_groups": ("objectors",),
        "untracked_statuses": ("404", "5xx"),
        "internal_networks": ("10.0.0.0/8", "2001:db8::1"),
        "location_file": "/srv/places.mmdb",
        "location_reading": "memory",
        "keep_page_views": 30,
        "keep_visits": 60,
        "keep_addresses": 1,
    }
    assert "Changes saved" in panel("save", known_crawlers="selected").text
    assert kept() == {
        name: IVisitorSettings[name].default for name in IVisitorSettings.names()
    }


@pytest.mark.parametrize("typed", ["/news", "\r\n\r\n /news \r\n\t\r\n", "/news\n"])
def test_empty_lines_and_spaces_are_no_entries(panel, typed):
    panel("save", untracked_paths=typed, untracked_agents="\r\n \r\n")
    assert kept()["untracked_paths"] == ("/news",)
    assert kept()["untracked_agents"] == ()


@pytest.mark.parametrize(
    "name, typed, said",
    [
        (
            "untracked_paths",
            "/x\r\nnews\r\n/y?z",
            'Not a path in the site: "news", "/y?z".',
        ),
        ("untracked_agents", "x\r\n\u200b", "A keyword is empty"),
        ("untracked_statuses", "404\r\n4oo\r\n999", 'Not a status: "4oo", "999".'),
        (
            "internal_networks",
            "::1\r\noffice\r\n10.1.2.3/8",
            'Neither a network nor an address: "office".',
        ),
        (
            "internal_networks",
            "::1\r\noffice\r\n10.1.2.3/8",
            'of a network: "10.1.2.3/8". Enter 10.0.0.0/8 for the whole network,',
        ),
        ("idle_gap", "0", "The smallest number here is 1."),
        ("idle_gap", "1441", "The largest number here is 1440."),
        ("presence_minimum", "-1", "The smallest number here is 0."),
        ("keep_addresses", "0", "The smallest number here is 1."),
        ("keep_visits", "for ever", "is not a whole number"),
        ("source", "guess", "Required input is missing"),
        ("guest_cookie", "", "Required input is missing"),
        ("location_reading", "guess", "Required input is missing"),
    ],
)
def test_what_means_nothing_is_told_at_its_field(panel, name, typed, said):
    before = kept()
    page = panel("save", **{name: typed}).text
    _top, rest = page.split("Nothing was saved. Correct these fields first:")
    assert said in unescape(" ".join(rest.split("</ul>")[0].split()))
    assert said in of_field(name, page)
    assert f'href="#form-widgets-{name}"' in rest
    assert f'id="form-widgets-{name}"' in rest
    assert kept() == before


def test_a_role_that_there_is_not_can_not_be_chosen(panel):
    panel("save", untracked_roles=["Manager", "Boss"])
    assert kept()["untracked_roles"] in ((), ("Manager",))
    assert '"Boss"' not in panel.get().text


def test_a_field_that_is_wrong_is_unfolded(panel):
    page = panel("save", internal_networks="office").text
    assert re.search(r'<details[^>]*id="fieldset-visitors"[^>]* open', page)
    assert re.search(r"<textarea[^>]*>office</textarea>", page)


@pytest.mark.parametrize(
    "name, typed",
    [
        ("untracked_agents", "</textarea><script>alert(1)</script>"),
        ("untracked_paths", "/</textarea><script>alert(1)</script>"),
        ("internal_networks", "</textarea><script>alert(1)</script>"),
    ],
)
def test_what_was_typed_is_shown_as_text(panel, name, typed):
    for page in (panel("save", **{name: typed}).text, panel.get().text):
        assert "<script>alert(1)" not in page


def test_every_field_says_what_it_does(panel):
    page = panel.get().text
    for name, field in IVisitorSettings.namesAndDescriptions():
        assert " ".join(field.title.split()) in of_field(name, page)
        assert " ".join(field.description.split()) in of_field(name, page)
    for term in (*IVisitorSettings["source"].vocabulary,):
        assert term.title in of_field("source", page)


def test_there_is_a_way_to_try_it(panel):
    assert 'href="http://' in panel.get().text
    assert "@@clicktracker-try" in panel.get().text
