"""The public name in the control panel: what is taken, and what is wrong with the others."""

from slc.clicktracker.interfaces import IPublicNameSettings
from tests.browser.controlpanel.fields import of_field
from tests.content import add
from tests.public_names import call_it
from tests.public_names import former_names

import plone.api as api
import pytest


def public_name():
    return api.portal.get_registry_record("public_name", IPublicNameSettings)


@pytest.mark.parametrize(
    "typed, kept", [("notes", "notes"), (" My-Notes2 ", "My-Notes2")]
)
def test_a_word_is_kept(panel, typed, kept):
    assert "Changes saved" in panel("save", public_name=typed).text
    assert public_name() == kept
    assert f'value="{kept}"' in panel.get().text


def test_nothing_is_the_usual_name_and_the_one_before_is_kept_beside_it(panel):
    for typed in ("notes", "memo", "  "):
        assert "Changes saved" in panel("save", public_name=typed).text
    assert public_name() == ""
    assert former_names() == ("memo", "notes")
    assert "former_names" not in panel.get().text


@pytest.mark.parametrize(
    "typed",
    [
        "no/tes",
        "my notes",
        "7notes",
        "-notes",
        "notes-",
        "a--b",
        "nötes",
        "n" * 31,
        "a.b",
    ],
)
def test_what_is_no_word_is_told_at_the_field(panel, typed):
    said = of_field("public_name", panel("save", public_name=typed).text)
    assert "Enter one short word, such as “notes”: up to 30 letters" in said
    assert public_name() == ""


@pytest.mark.parametrize("part", ["Click", "track", "analytic", "beacon", "pixel"])
def test_what_content_blockers_know_as_well_is_refused(panel, part):
    said = of_field("public_name", panel("save", public_name=f"my{part}s").text)
    assert f"Content blockers also take offence at “{part.lower()}”." in said
    assert public_name() == ""


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("board", id="content"),
        pytest.param("login", id="a view of the site"),
        pytest.param("sharing", id="a view of content"),
        pytest.param("plone-logo", id="nothing"),
        pytest.param("title", id="an attribute"),
    ],
)
def test_what_the_site_has_already_is_refused(panel, site, typed):
    page = panel("save", public_name=typed).text
    if typed == "plone-logo":
        assert public_name() == typed
    else:
        said = of_field("public_name", page)
        assert f"Something else in this site has the address “{typed}”." in said
        assert public_name() == ""


def test_what_has_a_name_that_would_be_made_of_it_counts_as_well(panel, site):
    add(site, "Document", id="notes-ticket", title="Notes")
    said = of_field("public_name", panel("save", public_name="notes").text)
    assert "Something else in this site has the address “notes”." in said


def test_all_else_can_be_saved_where_content_has_come_by_the_name_since(panel, site):
    call_it("notes")
    add(site, "Document", id="notes", title="Notes")
    page = panel("save", public_name="notes", reader_limit="7").text
    assert "Changes saved" in page
    assert public_name() == "notes"


def test_what_was_typed_is_shown_as_text(panel):
    page = panel("save", public_name='"><script>alert(1)</script>').text
    assert "<script>alert(1)" not in page
