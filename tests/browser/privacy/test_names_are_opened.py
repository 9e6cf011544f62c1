"""No view that tells who has read something forgets to record who opens it."""

from importlib import import_module
from lxml import etree
from pathlib import Path
from slc.clicktracker.browser.names_shown import NamesShown

import pytest
import slc.clicktracker


PACKAGE = Path(slc.clicktracker.__file__).parent
BROWSER = "{http://namespaces.zope.org/browser}page"
NAMES = "slc.clicktracker.ViewReaders"


#: A link, and two lists of seals: they name no reader.
NAMELESS = {
    "clicktracker-mails-link",
    "clicktracker-seals",
    "clicktracker-seals.json",
    "clicktracker-deleted-seals",
}


def views():
    """Yield all views that need the permission to see readers, by name."""
    for path in sorted(PACKAGE.rglob("configure.zcml")):
        room = ".".join(("slc.clicktracker", *path.parent.relative_to(PACKAGE).parts))
        for page in etree.parse(path).iter(BROWSER):
            if page.get("permission") == NAMES and page.get("name") not in NAMELESS:
                module, _dot, name = page.get("class").rpartition(".")
                yield page.get("name"), f"{room}{module}", name


@pytest.mark.parametrize("view, module, name", list(views()))
def test_each_view_of_readers_records_who_opens_it(view, module, name):
    assert issubclass(getattr(import_module(module), name), NamesShown)


def test_there_are_such_views():
    assert len(list(views())) > 10
