"""Sentences with links, or with something that stands out, as HTML."""

from html import escape
from plone import api
from typing import Any
from zope.i18n import interpolate
from zope.i18nmessageid import Message


def linked(sentence: Message, **marked: str) -> str:
    """Return a sentence in the language of the request, with what is ``marked``, which is
    HTML, in the place of each name."""
    text = api.portal.translate(Message(sentence, mapping={}))
    return interpolate(escape(text, quote=False), marked)


def strong(text: str) -> str:
    """Return what somebody has typed, in any script, so that it stands out."""
    return f'<strong dir="auto">{escape(text, quote=False)}</strong>'


def link_to(content: Any, view: str, title: Message | None = None) -> str:
    """Return a link to a view of content, with the title of that if it has none."""
    text = api.portal.translate(title) if title else content.Title()
    # Titles that people have typed may be in any script.
    direction = "" if title else ' dir="auto"'
    address = escape(f"{content.absolute_url()}/{view}")
    return f'<a{direction} href="{address}">{escape(text, quote=False)}</a>'
