"""Internal visitors on pages that caches share."""

from Products.Five.browser import BrowserView
from slc.clicktracker.analytics.internal_addresses import is_internal
from slc.clicktracker.analytics.providers import is_for_one_visitor
from slc.clicktracker.analytics.providers import providers
from slc.clicktracker.doors.kept_from_caches import KeepFromCaches
from slc.clicktracker.doors.kept_from_caches import PRIVATE

import json


class Internal(BrowserView):
    """``@@clicktracker-internal``: for which services the visitor is internal.

    The script of a page that a cache may have asks for it, before it begins.
    """

    def __call__(self) -> str:
        names = [name for name, each in providers() if is_internal(each, self.request)]
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader("Cache-Control", PRIVATE)
        return json.dumps(names)


class KeepGuestsPages(KeepFromCaches):
    """Keeps a guest's page in which services are switched off from all other guests."""

    @property
    def is_for_one(self) -> bool:
        return is_for_one_visitor(self.request)
