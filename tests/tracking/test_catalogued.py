"""What the catalog speaks of: many at once are what each of them is alone."""

from AccessControl.PermissionRole import rolesForPermissionOn
from plone import api
from plone.app.multilingual.browser.setup import SetupMultilingualSite
from plone.app.testing import applyProfile
from slc.clicktracker.tracking.catalogued import content_of
from slc.clicktracker.tracking.catalogued import contents_of

import pytest


@pytest.fixture
def everything(board, portal):
    """Return a function: the brains of all that there is, in several languages."""
    applyProfile(portal, "plone.app.multilingual:default")
    api.portal.get_tool("portal_languages").addSupportedLanguage("de")
    SetupMultilingualSite(portal).setupSite(portal)
    api.content.create(portal.en.assets, "Document", "plan")
    deep = api.content.create(portal.de, "Folder", "ordner")
    api.content.create(deep, "Document", "plan")
    api.content.create(portal, "Document", "plone")
    catalog = api.portal.get_tool("portal_catalog")
    return lambda: catalog.unrestrictedSearchResults(path="/plone")


def test_each_is_what_it_is_alone_and_where_it_is(everything):
    brains = everything()
    for brain, found in zip(brains, contents_of(brains), strict=True):
        alone = content_of(brain)
        assert found.UID() == alone.UID() == brain.UID
        assert found.absolute_url() == alone.absolute_url()
        for permission in ("View", "Modify portal content"):
            allowed = rolesForPermissionOn(permission, found)
            assert allowed == rolesForPermissionOn(permission, alone)
    assert len(brains) > 10


def test_what_is_gone_is_none_and_so_is_what_was_in_it(everything, portal):
    brains = everything()
    for name in ("ordner", "assets"):
        portal.de._delOb(name)
    gone = [brain for brain in brains if brain.getPath().startswith("/plone/de/ordner")]
    assert len(gone) == 2
    assert contents_of(gone) == [None, None]
    # An attribute of that name is no content either.
    portal.de.ordner = "a text"
    assert contents_of(gone) == [None, None]
