"""The screens about visitors, as a test reads them."""

from lxml import html
from plone import api
from slc.clicktracker.permissions import VIEW_READERS

import transaction


LIVE = "/@@clicktracker-live"
JSON = "/@@clicktracker-live.json"
VISITS = "/@@clicktracker-visits"


def rows(answer):
    """Return the text of each row."""
    assert answer.status_code == 200
    found = html.fromstring(answer.text).get_element_by_id("clicktracker-feed")
    return [" ".join(row.text_content().split()) for row in found.xpath(".//ol/li")]


def links(answer):
    content = html.fromstring(answer.text).get_element_by_id("content")
    return {a.text_content().strip(): a.get("href") for a in content.xpath(".//a")}


def text_of(answer):
    content = html.fromstring(answer.text).get_element_by_id("content")
    return " ".join(content.text_content().split())


def hide_names():
    api.portal.get().manage_permission(VIEW_READERS, [], acquire=0)
    transaction.commit()
