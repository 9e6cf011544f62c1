"""The translations of content, where the site has any."""

from collections import defaultdict
from collections.abc import Iterable
from plone import api
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.catalogued import contents_of
from typing import Any


try:
    from plone.app.multilingual.interfaces import ITG
except ImportError:
    # It comes with Plone, but a site can be built without it.
    ITG = None

_INDEX = "TranslationGroup"


def may_have_translations() -> bool:
    """Is the current site one whose content may have translations?"""
    return _INDEX in api.portal.get_tool("portal_catalog").indexes()


def translations_of_each(contents: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Return the translations of each content, whoever may see them, in the same order.

    Content that all languages share has none: it is one document.
    """
    listed = list(contents)
    # A search by an index that is not there finds what it likes.
    if not may_have_translations():
        return [() for _content in listed]
    groups = [(content, _group_of(content)) for content in listed]
    members = _members_of({group for _content, group in groups if group})
    return [_others(content, members.get(group, ())) for content, group in groups]


def _others(content: Any, members: Iterable[Any]) -> tuple[Any, ...]:
    by_uid = {document_uid(each): each for each in members}
    by_uid.pop(document_uid(content), None)
    return tuple(by_uid.values())


def _members_of(groups: set[str]) -> dict[str, list[Any]]:
    """Return all content of translation groups by the group, by path."""
    catalog = api.portal.get_tool("portal_catalog")
    if not groups:
        return {}
    brains = catalog.unrestrictedSearchResults(**{_INDEX: list(groups)})
    found = defaultdict(list)
    by_path = sorted(brains, key=lambda brain: brain.getPath())
    for content in contents_of(by_path):
        if content is not None:
            found[_group_of(content)].append(content)
    return found


def _group_of(content: Any) -> str | None:
    # Its manager would give content a group that has none, which is a write.
    return ITG(content, None) if ITG is not None else None
