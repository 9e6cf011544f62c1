"""The script reaches the browser whatever a theme keeps of the page."""

from io import BytesIO
from plone import api
from plone.app.theming.interfaces import IThemeSettings
from plone.app.theming.utils import applyTheme
from plone.app.theming.utils import getTheme
from plone.app.theming.utils import isThemeEnabled
from plone.resource.interfaces import IResourceDirectory
from tests.plone_site import script_in
from zope.component import getUtility
from zope.globalrequest import getRequest

import pytest
import transaction


HTML = {"Accept": "text/html"}

BARE_RULES = b"""\
<rules xmlns="http://namespaces.plone.org/diazo"
       xmlns:css="http://namespaces.plone.org/diazo/css">
  <theme href="index.html" />
  <replace css:theme="title" css:content="title" />
  <after css:theme-children="head" css:content="head script" />
  <replace css:theme-children="main" css:content-children="#content" />
</rules>
"""

BARE_PAGE = b"""\
<!doctype html>
<html><head><title>Title</title></head><body id="bare"><main></main></body></html>
"""


@pytest.fixture
def bare_theme(tracked):
    """A theme that keeps the scripts of the head and the content, nothing else."""
    resources = getUtility(IResourceDirectory, name="persistent")
    resources.makeDirectory("theme")
    resources["theme"].makeDirectory("bare")
    folder = resources["theme"]["bare"]
    folder.writeFile("rules.xml", BytesIO(BARE_RULES))
    folder.writeFile("index.html", BytesIO(BARE_PAGE))
    manifest = b"[theme]\nrules = /++theme++bare/rules.xml\n"
    folder.writeFile("manifest.cfg", BytesIO(manifest))
    yield "bare"


def page_with(theme, visitor):
    api.portal.set_registry_record("enabled", bool(theme), interface=IThemeSettings)
    if theme:
        applyTheme(getTheme(theme))
    transaction.commit()
    return visitor("bob").get("/board/agenda", headers=HTML).text


def test_with_barceloneta(tracked, visitor):
    page = page_with("barceloneta", visitor)
    assert "++theme++barceloneta" in page
    assert "data-ticket" in script_in(page)


def test_with_a_theme_that_has_no_footer(tracked, visitor, bare_theme):
    page = page_with(bare_theme, visitor)
    assert 'id="bare"' in page
    assert "portal-footer" not in page
    assert "data-ticket" in script_in(page)


def test_without_diazo(tracked, visitor):
    page = page_with(None, visitor)
    assert not isThemeEnabled(getRequest())
    assert "data-ticket" in script_in(page)
