"""Removing the markers from all content of a site."""

from collections.abc import Iterator
from Products.CMFCore.interfaces import IFolderish
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker import logger
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of
from slc.clicktracker.tracking.choice import choose
from typing import Any

import transaction


_LOG_EVERY = 1000


def remove_all_markers(portal: PloneSite) -> int:
    """Walk all content, take the markers off, return of how many items.

    The catalog is no help: 0.4 did not index its marker. Progress is logged.
    """
    removed = 0
    for seen, content in enumerate(all_content(portal), start=1):
        if choice_of(content) is not Choice.INHERIT:
            choose(content, Choice.INHERIT)
            removed += 1
        if seen % _LOG_EVERY == 0:
            logger.info("%d items looked at, %d markers removed", seen, removed)
            transaction.savepoint(optimistic=True)
            portal._p_jar.cacheGC()
    return removed


def all_content(portal: PloneSite) -> Iterator[Any]:
    """Yield the site and every object in it, containers first.

    Also what is of a type that is gone, and the tools, which 0.4 could mark.
    """
    waiting: list[Any] = [portal]
    while waiting:
        content = waiting.pop()
        yield content
        # An item would acquire the method of its folder and never end.
        if IFolderish.providedBy(content):
            waiting.extend(content.objectValues())
