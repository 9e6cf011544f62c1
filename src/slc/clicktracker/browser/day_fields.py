"""Fields for days in a form, with what is wrong about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.reports.asked import Day
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class DayField:
    """A field for a day: what it is called in addresses, its title, what is in it."""

    name: str
    title: Message
    day: Day


def render_day_fields(fields: Sequence[DayField], request: Any) -> str:
    """Return the HTML of fields, as columns of a row."""
    return _DayFieldsView(api.portal.get(), request).of(fields)


class _DayFieldsView(BrowserView):
    _template = ViewPageTemplateFile("day-fields.pt")

    def of(self, fields: Sequence[DayField]) -> str:
        return self._template(fields=fields)
