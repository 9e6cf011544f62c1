"""What is tracked in a folder and below it, as far as somebody may see it."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from plone import api
from plone.app.textfield.interfaces import IRichText
from plone.dexterity.interfaces import IDexterityContainer
from plone.dexterity.interfaces import IDexterityContent
from plone.dexterity.utils import iterSchemata
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.tracking.alike import Kinds
from slc.clicktracker.tracking.alike import OncePerCharacter
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.catalogued import catalogued
from slc.clicktracker.tracking.choice import Choices
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.lasting import KnownOfFolders
from slc.clicktracker.tracking.lasting import stamp_of_kinds
from typing import Any
from zope.interface import providedBy
from zope.interface.interfaces import ISpecification
from zope.schema import getFields


#: Where Volto keeps the text of a page.
_BLOCKS = "blocks"

_READABLE = {
    "object_provides": IDexterityContent.__identifier__,
    "show_inactive": True,
}


@dataclass(frozen=True, eq=False)
class TrackedDocument:
    """Something that can be read and is tracked."""

    uid: str
    item: Catalogued

    @property
    def content(self) -> Any:
        return self.item.content

    @property
    def brain(self) -> ICatalogBrain:
        """What the catalog has."""
        return self.item.brain


def tracked_below(content: Any, permission: str) -> tuple[TrackedDocument, ...]:
    """Return what is tracked at and below content, by path.

    Only what the current user may view, with a permission of the given title there.
    Folders are not among them, unless they have a text of their own.
    """
    return _tracked(allowed(_candidates(content), permission))


def all_tracked() -> tuple[TrackedDocument, ...]:
    """Return everything in the current site that is tracked, whoever may know of it, by
    path: for what the site does by itself."""
    paths = _places(api.portal.get())
    if not paths:
        return ()
    catalog = api.portal.get_tool("portal_catalog")
    return _tracked(
        catalogued(catalog.unrestrictedSearchResults(path=paths, **_READABLE))
    )


def tracked_at(paths: Iterable[str], permission: str) -> tuple[TrackedDocument, ...]:
    """Return what is tracked at some paths alone, else as ``tracked_below`` does."""
    listed = list(paths)
    if not listed:
        return ()
    at_them = {"query": listed, "depth": 0}
    return _tracked(allowed(_visible(at_them), permission))


def _tracked(items: Iterable[Catalogued]) -> tuple[TrackedDocument, ...]:
    found: dict[str, TrackedDocument] = {}
    are_tracked = _Tracked()
    for item in sorted(items, key=attrgetter("path")):
        if are_tracked.has(item):
            # What is the same in all languages is listed in each of their folders.
            found.setdefault(item.uid, TrackedDocument(item.uid, item))
    return tuple(found.values())


class _Tracked:
    """Tells of many items which can be read and are tracked."""

    def __init__(self) -> None:
        self._kinds = Kinds()
        self._choices = Choices(self._kinds)
        usual = self._kinds.is_usual
        known = KnownOfFolders(usual, "can be read", stamp_of_kinds())
        self._can_be_read = OncePerCharacter(can_be_read, usual, known)

    def has(self, item: Catalogued) -> bool:
        return self._choices.is_item_tracked(item) and self._can_be_read.of(item)


def _candidates(content: Any) -> Sequence[ICatalogBrain]:
    """Return what may be tracked at and below content, from the catalog."""
    paths = _places(content)
    return _visible(paths) if paths else []


def _visible(paths: Any) -> Sequence[ICatalogBrain]:
    """Return what the current user may know of at paths, as the catalog is asked for them.

    What has expired is read no more, but who has read it is asked all the same.
    """
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.searchResults(path=paths, **_READABLE)


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
    return not _is_folder(providedBy(item)) or _has_text(item)


def _is_folder(provided: ISpecification) -> bool:
    return provided.isOrExtends(IDexterityContainer)


def _has_text(item: Any) -> bool:
    """Is there a field for a text of its own?"""
    return any(
        IRichText.providedBy(field) or name == _BLOCKS
        for schema in iterSchemata(item)
        for name, field in getFields(schema).items()
    )
