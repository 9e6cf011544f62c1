"""How much of the database is read for the deadlines of many documents."""

from slc.clicktracker.deadlines import deadlines as module
from slc.clicktracker.deadlines.deadlines import deadlines_of_each
from slc.clicktracker.deadlines.deadlines import set_deadline
from tests.deadlines.deadlines import deadline
from types import SimpleNamespace

import pytest


#: Documents of a large dashboard, and in a folder.
DOCUMENTS, IN_A_FOLDER = 5000, 100

#: The site, its annotations, the tree and what is between it and its parts; all types.
_WAY = 35


class Item:
    """As what the catalog knows, of documents which this test needn't make."""

    def __init__(self, folder, number):
        self.content = SimpleNamespace(__parent__=folder, aq_parent=folder)
        self.folder = "/".join(folder.getPhysicalPath())
        self.uid = f"{number:032x}"
        self.character = None


@pytest.fixture
def items(site):
    """Documents of fifty folders, which are in one."""
    with_folders = site.board
    folders = []
    for number in range(DOCUMENTS // IN_A_FOLDER):
        folder = site.board.__class__(f"folder{number}")
        folder._plone_uuid = f"folder{number}"
        folders.append(folder.__of__(with_folders))
    return [Item(folders[n // IN_A_FOLDER], n) for n in range(DOCUMENTS)]


def test_documents_without_one_cost_nothing(site, items, loads):
    set_deadline(site.rules, deadline(), "")
    assert loads(lambda: deadlines_of_each(items)) <= _WAY


def test_a_folder_is_asked_once_for_all_that_is_in_it(site, items, monkeypatch):
    set_deadline(site.board, deadline(), "")
    asked = []
    found = module.own_declaration
    monkeypatch.setattr(
        module,
        "own_declaration",
        lambda content: asked.append(content.getId()) or found(content),
    )
    assert set(deadlines_of_each(items)) == {deadline()}
    assert len(asked) == DOCUMENTS // IN_A_FOLDER + 1
