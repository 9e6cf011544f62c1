"""What a site calls the add-on in readers' pages, as tests set and look at it."""

from html.parser import HTMLParser
from plone import api
from slc.clicktracker.interfaces import IPublicNameSettings
from zope.globalrequest import getRequest

import re
import transaction


#: What lists of content blockers take offence at.
OFFENSIVE = re.compile("click|track", re.IGNORECASE)


def call_it(name):
    """Give the current site a public name."""
    api.portal.set_registry_record("public_name", name, IPublicNameSettings)
    transaction.commit()
    getRequest().other.pop("_plone_registry_cache", None)


def former_names():
    return api.portal.get_registry_record("former_names", IPublicNameSettings)


class _Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("action", "class", "href", "id", "src"):
                self.found.append(f"{name}={value}")
            else:
                self.found.append(name)


def offensive_in(page):
    """Return what a content blocker may take offence at in a page: of its addresses, ids,
    classes, and names of attributes."""
    seen = _Seen()
    seen.feed(page)
    return [each for each in seen.found if OFFENSIVE.search(each)]
