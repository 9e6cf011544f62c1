"""The names that a reader's browser asks for or sees: all of them are made here.

Lists of content blockers take offence at "click" and "track" in an address, and hide what has
them in its id or class. So a site may say which word its pages have instead. In addresses it
only stands between ``@@`` and a hyphen, or behind ``++plone++``: no content can be called so,
and no view of Plone's is.
"""

from collections.abc import Mapping
from functools import lru_cache
from plone.registry.interfaces import IRecordModifiedEvent
from plone.registry.interfaces import IRegistry
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.settings.public_name import InvalidPublicName
from slc.clicktracker.settings.public_name import IPublicNameSettings
from slc.clicktracker.settings.public_name import is_public_name
from types import MappingProxyType
from typing import Any
from zope.component import getUtility

import logging


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()

#: The word where a site says nothing. It always answers.
USUAL = "clicktracker"

#: Views that pages ask for: what comes behind the word and a hyphen.
CALLBACK = "callback"
TICKET = "ticket"
INTERNAL = "internal"
VISITORS = "visitors"
DOORS = frozenset({CALLBACK, TICKET, INTERNAL, VISITORS})

#: Scripts of readers' pages, and what they are called behind a word of the site's: lists
#: know files by their names as well, whatever the folder is.
SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "clicky.js": "first.js",
        "events.js": "said.js",
        "matomo.js": "second.js",
        "tracker.js": "page.js",
    }
)

#: The folder of static files.
STATIC = "++plone++slc.clicktracker"

_NAMESPACE = "++plone++"

#: The same for classes of elements.
_CLASSES = {"analytics": "services"}

#: How many names from before go on answering. They don't end with the tickets: a page that is
#: open for longer fetches a fresh one.
MOST_FORMER = 10

_PREFIX = f"{IPublicNameSettings.__identifier__}."
_NAME = f"{_PREFIX}public_name"
_FORMER = f"{_PREFIX}former_names"


def public_name() -> str:
    """Return the word in what pages of the current site ask for."""
    return _usable(getUtility(IRegistry).get(_NAME)) or USUAL


def said_name() -> str | None:
    """Return the word for scripts of the current site, None where it is the usual one,
    which they know."""
    word = public_name()
    return None if word == USUAL else word


def door(name: str) -> str:
    """Return what one of ``DOORS`` is called in addresses of the current site."""
    return f"@@{public_name()}-{name}"


def script_path(script: str) -> tuple[str, str]:
    """Return the folder and the name of a static file in addresses of the current site.
    Only the scripts of readers' pages have another one than usual."""
    other = SCRIPTS.get(script)
    word = public_name() if other else USUAL
    return (STATIC, script) if word == USUAL else (f"{_NAMESPACE}{word}", other)


def css_class(name: str) -> str:
    """Return the class of an element in readers' pages of the current site."""
    word = public_name()
    return f"{word}-{name if word == USUAL else _CLASSES.get(name, name)}"


def answers_to(site: PloneSite, word: str) -> bool:
    """Is this the public name of a site, or was it one?"""
    registry = site.getSiteManager().queryUtility(IRegistry)
    if registry is None or not word:
        return False
    return word == _usable(registry.get(_NAME)) or word in map(
        _usable, registry.get(_FORMER) or ()
    )


def keep_former_name(event: IRecordModifiedEvent) -> None:
    """Let the name that is replaced go on answering: pages that are open have it, and caches
    keep pages."""
    record = event.record
    if record.__name__ != _NAME:
        return
    registry = record.__parent__
    if _FORMER not in registry.records:
        return
    known = dict.fromkeys(filter(_usable, (event.oldValue, *(registry[_FORMER] or ()))))
    known.pop(event.newValue, None)
    registry[_FORMER] = tuple(known)[:MOST_FORMER]


def _usable(value: Any) -> str:
    """Return a name from the registry, "" where it says nothing or can't be used: the field
    refuses that, but other code can put anything there."""
    if not value:
        return ""
    if isinstance(value, str) and _is_right(value):
        return value
    if _said.is_due(repr(value)[:100]):
        logger.warning(
            "The public name %.100r in the registry is not used. Enter another one in "
            "Site Setup, ClickTracker Settings.",
            value,
        )
    return ""


@lru_cache(maxsize=100)
def _is_right(text: str) -> bool:
    try:
        return is_public_name(text)
    except InvalidPublicName:
        return False
