"""Is this content tracked, and through which ancestor?"""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from dataclasses import dataclass
from enum import Enum
from plone import api
from plone.app.contenttypes.browser.link_redirect_view import (
    NON_REDIRECTABLE_URL_SCHEMES,
)
from plone.app.contenttypes.interfaces import ILink
from plone.app.iterate.dexterity.utils import get_checkout_relation
from plone.app.iterate.interfaces import IWorkingCopy
from plone.base.interfaces import IPloneSiteRoot
from slc.clicktracker.interfaces import IContentIsExcluded
from slc.clicktracker.interfaces import IContentIsTracked
from slc.clicktracker.tracking.alike import Folders
from slc.clicktracker.tracking.alike import Kinds
from slc.clicktracker.tracking.alike import OncePerCharacter
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.lasting import KnownOfFolders
from slc.clicktracker.tracking.lasting import stamp_of_kinds
from typing import Any
from zope.interface import alsoProvides
from zope.interface import noLongerProvides
from zope.interface import providedBy
from zope.interface.interfaces import ISpecification


class Choice(Enum):
    """What an editor has chosen for one item."""

    TRACK = "track"
    EXCLUDE = "exclude"
    INHERIT = "inherit"


MARKERS = {
    Choice.EXCLUDE: IContentIsExcluded,
    Choice.TRACK: IContentIsTracked,
}


@dataclass(frozen=True)
class Tracking:
    """Whether content is tracked; ``source`` is the item that decides, or None.

    The source is the content itself or the nearest ancestor with a marker.
    """

    tracked: bool
    source: Any = None


#: What provides none of these is tracked as the folder is that it is in.
_DECIDING = (IWorkingCopy, ILink, IPloneSiteRoot, *MARKERS.values())


def choice_of(content: Any) -> Choice:
    """Return what is chosen on this very item."""
    return _choice_in(providedBy(content))


def _choice_in(provided: ISpecification) -> Choice:
    for choice, marker in MARKERS.items():
        if provided.isOrExtends(marker):
            return choice
    return Choice.INHERIT


def tracking_of(content: Any) -> Tracking:
    """Return how content is tracked: the nearest marker up to the site root wins.

    A working copy is never tracked: it is not what readers are meant to read. Nor is
    what sends its readers away: nobody could be known to have read it.
    """
    item = aq_inner(content)
    while item is not None:
        # Asked for once: Dexterity takes long to see that it has not changed.
        provided = providedBy(item)
        if provided.isOrExtends(IWorkingCopy) and is_working_copy(item):
            return Tracking(tracked=False)
        if provided.isOrExtends(ILink) and sends_away(item):
            return Tracking(tracked=False)
        choice = _choice_in(provided)
        if choice is not Choice.INHERIT:
            return Tracking(tracked=choice is Choice.TRACK, source=item)
        if provided.isOrExtends(IPloneSiteRoot):
            break
        item = aq_parent(aq_inner(item))
    return Tracking(tracked=False)


class Choices:
    """The same of many items, for one request: each folder is asked once."""

    def __init__(self, kinds: Kinds | None = None) -> None:
        self._folders, self._kinds = Folders(), kinds or Kinds()
        self._below: dict[int, bool] = {}
        known = KnownOfFolders(self._decides_by_markers, "tracking", stamp_of_kinds())
        self._of_items = OncePerCharacter(self.is_tracked, self._is_certain, known)

    def is_item_tracked(self, item: Catalogued) -> bool:
        """Return the same of something from the catalog, in less time."""
        return self._of_items.of(item)

    def is_tracked(self, content: Any) -> bool:
        """Is this content tracked, as ``tracking_of`` says?"""
        provided = self._kinds.provided_by(content)
        if _decides(provided):
            return tracking_of(content).tracked
        folder = self._folders.of(content)
        if folder not in self._below:
            self._below[folder] = tracking_of(content).tracked
        return self._below[folder]

    def _is_certain(self, content: Any) -> bool:
        provided = self._kinds.provided_by(content)
        return self._kinds.is_usual(content) and not _decides(provided)

    def _decides_by_markers(self, folder: Any) -> bool:
        """Is a folder neither a working copy nor a link, of which other objects and settings
        tell more?"""
        provided = self._kinds.provided_by(folder)
        others = map(provided.isOrExtends, (IWorkingCopy, ILink))
        return self._kinds.is_usual(folder) and not any(others)


def _decides(provided: ISpecification) -> bool:
    return any(map(provided.isOrExtends, _DECIDING))


def is_working_copy(content: Any) -> bool:
    """Is it checked out from an original, which is still there?

    A copy of a working copy keeps its marker, and is content of its own.
    """
    if not IWorkingCopy.providedBy(content):
        return False
    # Not by iterate's policy, which fails where the original was deleted.
    relation = get_checkout_relation(content)
    original = relation and relation.from_object
    return original is not None and aq_base(original) is not aq_base(content)


def sends_away(content: Any) -> bool:
    """Does this content, a Link, send its readers to another address?

    As Plone decides; only who may edit it is shown a page then.
    """
    return (
        ILink.providedBy(content)
        and bool(api.portal.get_registry_record("plone.redirect_links", default=True))
        and not (content.remoteUrl or "")
        .strip()
        .startswith(tuple(NON_REDIRECTABLE_URL_SCHEMES))
    )


def choose(content: Any, choice: Choice) -> bool:
    """Mark content with a choice and reindex it; return whether that changed it."""
    if choice_of(content) is choice:
        return False
    for marker in MARKERS.values():
        if marker.providedBy(content):
            noLongerProvides(content, marker)
    if choice in MARKERS:
        alsoProvides(content, MARKERS[choice])
    # A tool, which 0.4 could mark, would acquire the method of the site.
    if hasattr(aq_base(content), "reindexObject"):
        content.reindexObject(idxs=["object_provides"])
    return True
