"""What is tracked in a folder and below it, as far as somebody may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from plone import api
from plone.app.textfield.interfaces import IRichText
from plone.dexterity.interfaces import IDexterityContainer
from plone.dexterity.interfaces import IDexterityContent
from plone.dexterity.utils import iterSchemata
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.alike import Kinds
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.tracking.choice import Choices
from slc.clicktracker.tracking.choice import tracking_of
from typing import Any
from zope.interface import providedBy
from zope.interface.interfaces import ISpecification
from zope.schema import getFields


#: Where Volto keeps the text of a page.
_BLOCKS = "blocks"


@dataclass(frozen=True, eq=False)
class TrackedDocument:
    """Something that can be read and is tracked; ``brain`` is what the catalog has."""

    uid: str
    content: Any
    brain: ICatalogBrain


def tracked_below(content: Any, permission: str) -> tuple[TrackedDocument, ...]:
    """Return what is tracked at and below content, by path.

    Only what the current user may view, with a permission of the given title there.
    Folders are not among them, unless they have a text of their own.
    """
    found: dict[str, TrackedDocument] = {}
    kinds = Kinds()
    is_tracked = Choices(kinds).is_tracked
    for each in allowed(_candidates(content), permission):
        item = each.content
        if is_tracked(item) and _can_be_read(item, kinds.provided_by(item)):
            # What is the same in all languages is listed in each of their folders.
            uid = document_uid(item)
            found.setdefault(uid, TrackedDocument(uid, item, each.brain))
    return tuple(found.values())


def _candidates(content: Any) -> list[ICatalogBrain]:
    """Return what may be tracked, from the catalog.

    What has expired is read no more, but who has read it is asked all the same.
    """
    paths = _places(content)
    if not paths:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    provided = IDexterityContent.__identifier__
    brains = catalog.searchResults(
        path=paths, object_provides=provided, show_inactive=True
    )
    return sorted(brains, key=lambda brain: brain.getPath())


def _places(content: Any) -> list[str]:
    """Return the paths at and below which something may be tracked."""
    path = "/".join(content.getPhysicalPath())
    if tracking_of(content).tracked:
        return [path]
    catalog = api.portal.get_tool("portal_catalog")
    # Also a folder that the viewer may not see makes what is in it tracked.
    marked = catalog.unrestrictedSearchResults(
        path=path, object_provides=IContentIsTracked.__identifier__
    )
    return [brain.getPath() for brain in marked]


def can_be_read(item: Any) -> bool:
    """Has it a version of its own to be read, unlike a folder without a text?"""
    return _can_be_read(item, providedBy(item))


def _can_be_read(item: Any, provided: ISpecification) -> bool:
    return not provided.isOrExtends(IDexterityContainer) or any(_texts_of(item))


def _texts_of(item: Any) -> Iterator[str]:
    """Yield the names of fields for a text of its own."""
    for schema in iterSchemata(item):
        for name, field in getFields(schema).items():
            if IRichText.providedBy(field) or name == _BLOCKS:
                yield name
