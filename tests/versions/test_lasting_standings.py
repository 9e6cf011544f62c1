"""What is current of an item stays known over commits, but for what else decides."""

from plone import api
from slc.clicktracker.tracking.catalogued import catalogued
from slc.clicktracker.versions import standing as standing_module
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.standing import standings_of_items
from slc.clicktracker.versions.standing import texts_of_items

import pytest
import transaction


@pytest.fixture
def board(site):
    with api.env.adopt_roles(["Manager"]):
        yield site.board


def current(content):
    """Return the texts of content that count, as a report of many finds them."""
    transaction.commit()
    path = "/".join(content.getPhysicalPath())
    catalog = api.portal.get_tool("portal_catalog")
    items = catalogued(catalog.unrestrictedSearchResults(path=path))
    (standing,) = standings_of_items(items)
    assert standing == standing_of(content)
    # As a list of a folder finds them, in which each document is one of its own.
    assert texts_of_items(items) == [standing.current]
    return standing.current


def test_what_is_declared_counts_from_then_on(board):
    (text,) = current(board.agenda)
    declare_minor(board.agenda, (DeclaredText(text), DeclaredText("earlier")), "Typo")
    assert current(board.agenda) == (text, "earlier")
    declare_minor(board.agenda, (DeclaredText(text), DeclaredText("first")), "Typo")
    assert {*current(board.agenda)} == {text, "earlier", "first"}


def test_another_field_of_the_type_may_change_the_text(board):
    board.agenda.text = "Heating"
    before = current(board.agenda)
    fti = api.portal.get_tool("portal_types").Document
    left = [each for each in fti.behaviors if each != "plone.richtext"]
    fti.manage_changeProperties(behaviors="\n".join(left))
    assert current(board.agenda) != before


def test_what_a_list_of_a_folder_needs_is_asked_once(board, monkeypatch):
    before = current(board.agenda)
    asked, find = [], standing_module.texts_of_each

    def texts_of_each(contents):
        listed = list(contents)
        asked.extend(each.getId() for each in listed)
        return find(listed)

    monkeypatch.setattr(standing_module, "texts_of_each", texts_of_each)
    board.budget.title = "Household"
    assert current(board.agenda) == before
    assert asked == []
    board.agenda.title = "Order of the day"
    assert current(board.agenda) != before
    assert asked == ["agenda"]
