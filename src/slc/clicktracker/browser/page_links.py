"""Links between pages that belong together, the one that is shown among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class PageLink:
    """One of the pages."""

    title: Message
    url: str
    is_active: bool = False


def render_page_links(links: Sequence[PageLink], label: Message, request: Any) -> str:
    """Return the HTML of links to pages, "" where there is nothing to choose from;
    ``label`` says what they are."""
    if len(links) < 2:
        return ""
    return _PageLinksView(api.portal.get(), request).of(links, label)


class _PageLinksView(BrowserView):
    _template = ViewPageTemplateFile("page-links.pt")

    def of(self, links: Sequence[PageLink], label: Message) -> str:
        return self._template(links=links, label=api.portal.translate(label))
