"""Content of which everybody may do the same, as mostly all that is in one folder.

Who may do what with an item is decided by the folder that it is in and by a few
attributes of its own. To ask Plone takes 0.1 ms and more for each item and permission, so
it is asked once for all that are alike.
"""

from AccessControl.Permission import getPermissionIdentifier
from AccessControl.PermissionRole import PermissionRole
from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from Acquisition import aq_parent
from borg.localrole.bbb.interfaces import IGroupAwareWorkspace
from borg.localrole.bbb.interfaces import IWorkspace
from borg.localrole.default_adapter import DefaultLocalRoleAdapter
from borg.localrole.interfaces import ILocalRoleProvider
from borg.localrole.workspace import WorkspaceLocalRoleManager
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Set
from plone.behavior.interfaces import IBehaviorAssignable
from plone.dexterity.behavior import DexterityBehaviorAssignable
from plone.dexterity.content import DexterityContent
from Products.PlonePAS.interfaces.plugins import ILocalRolesPlugin
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.tracking.unchanged import Known
from threading import Lock
from typing import Any
from typing import Generic
from typing import NamedTuple
from typing import TYPE_CHECKING
from typing import TypeVar
from zope.component import getSiteManager
from zope.interface import implementedBy
from zope.interface import providedBy
from zope.interface.interfaces import ISpecification


if TYPE_CHECKING:
    from slc.clicktracker.tracking.catalogued import Catalogued
    from slc.clicktracker.tracking.lasting import KnownOfFolders


Found = TypeVar("Found")

#: Characters that a process remembers, of up to 4 kB each.
_MOST_CHARACTERS = 10_000

#: Who has roles by the Sharing tab of an item, at most, where it is of a character.
_MOST_SHARING = 20

_LOCAL, _BLOCK = "__ac_local_roles__", "__ac_local_roles_block__"

#: What a class may say itself about permissions: the same for all of its instances.
_OF_A_CLASS = (type(None), tuple, list, PermissionRole)


class Character:
    """Stands for all that an item itself has which decides who may do what with it, and
    what it provides. Items with the same have one and the same."""


_characters: Bounded[tuple, Character] = Bounded(_MOST_CHARACTERS)
_lock = Lock()


def character_of(content: Any) -> Character | None:
    """Return the character of content, None where its attributes alone don't decide."""
    own = aq_base(content)
    try:
        own._p_activate()
        attributes = vars(own)
        key = (
            _kind_of(own),
            tuple(
                sorted(
                    (name, _value(value))
                    for name, value in attributes.items()
                    if name.endswith("_Permission")
                )
            ),
            _few_local_roles(attributes.get(_LOCAL)),
            bool(attributes.get(_BLOCK)),
        )
        with _lock:
            if key not in _characters:
                _characters[key] = Character()
            return _characters[key]
    except (AttributeError, TypeError, _Unlike):
        return None


def _kind_of(own: Any) -> tuple:
    """Return class, type and markers of something without its acquisition."""
    attributes = vars(own)
    return type(own), attributes.get("portal_type"), attributes.get("__provides__")


class OncePerCharacter(Generic[Found]):
    """Has found the same for all items in a folder that are of one character. Each is asked
    of which ``is_certain`` doesn't say that nothing else decides.

    What was found is ``known``, but for what doesn't ``last`` longer than this request.
    """

    def __init__(
        self,
        find: Callable[[Any], Found],
        is_certain: Callable[[Any], bool],
        known: "Known | KnownOfFolders",
        lasts: Callable[[Found], bool] = lambda _found: True,
    ) -> None:
        self._find, self._is_certain, self._lasts = find, is_certain, lasts
        self._known = known
        self._here: dict[tuple[str, Character | None], tuple[Found] | None] = {}

    def of(self, item: "Catalogued") -> Found:
        key = item.folder, item.character
        known = self._known.get(key)
        if known is None:
            if key not in self._here:
                self._here[key] = self._found_of_all(key, item)
            known = self._here[key]
        return self._find(item.content) if known is None else known[0]

    def _found_of_all(self, key: tuple, item: "Catalogued") -> tuple[Found] | None:
        if item.character is None or not self._is_certain(item.content):
            return None
        found = (self._find(item.content),)
        if self._lasts(*found):
            self._known.keep(key, found)
        return found


class Folders:
    """Tells apart what content is in, up to the root: for one request."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, int]] = {}
        self._numbers: dict[tuple[int, ...], int] = {}

    def of(self, content: Any) -> int:
        """Return a number, the same for all that is in the same folder.

        What all languages share is in a folder of each of them: these are several.
        """
        folder = aq_parent(aq_inner(content))
        known = self._known.get(id(folder))
        if known is None:
            # By identity, as folders are kept here so long.
            chain = () if folder is None else aq_chain(aq_inner(folder), True)
            place = tuple(id(aq_base(each)) for each in chain)
            number = self._numbers.setdefault(place, len(self._numbers))
            known = self._known[id(folder)] = folder, number
        return known[1]


class Kinds:
    """What content provides, found once for all of a type: for one request.

    That of Dexterity depends on class, type and markers of its own, unless another package
    has behaviors for single items. To find it takes 4 µs an item, and 100 the first time.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, ISpecification | None] = {}

    def provided_by(self, content: Any) -> ISpecification:
        """Return what ``providedBy`` does."""
        own = aq_base(content)
        if not isinstance(own, DexterityContent):
            return providedBy(own)
        own._p_activate()
        kind = _kind_of(own)
        if kind not in self._known:
            _class, _portal_type, markers = kind
            # What Dexterity itself asks, before it knows the rest.
            before = implementedBy(type(own)) if markers is None else markers
            finds = getSiteManager().adapters.lookup((before,), IBehaviorAssignable)
            is_usual = finds is DexterityBehaviorAssignable
            self._known[kind] = providedBy(own) if is_usual else None
        known = self._known[kind]
        return providedBy(own) if known is None else known

    def is_usual(self, content: Any) -> bool:
        """Does all that is of its kind provide the same?"""
        self.provided_by(content)
        return self._known.get(_kind_of(aq_base(content))) is not None


class Likeness(NamedTuple):
    """What decides who may do what with content, beside the site."""

    folder: int
    said_by_class: tuple
    said: tuple
    local_roles: tuple
    is_blocked: bool


class Alike:
    """Tells which content is alike, for some permissions: for one request.

    Of local roles those of some ``principals`` matter, None for all.
    """

    def __init__(
        self,
        permissions: Iterable[str],
        folders: Folders,
        principals: Set[str] | None = None,
    ) -> None:
        self._attributes = tuple(map(getPermissionIdentifier, permissions))
        self._folders = folders
        self._principals = principals
        self._kinds = Kinds()
        self._plain: dict[tuple[type, ISpecification], tuple | None] = {}

    def of(self, content: Any) -> Likeness | None:
        """Return a value that is equal for content of which all who matter have the same
        roles, and the same roles the permissions; None where that isn't certain.

        So it is where anything but the attributes that Plone's own forms write may
        decide: an adapter for local roles, a class of another package.
        """
        own = aq_base(content)
        try:
            # What is a ghost has no attributes yet.
            own._p_activate()
            attributes = vars(own)
            kind = type(own), self._kinds.provided_by(own)
            if kind not in self._plain:
                self._plain[kind] = self._said_by(*kind)
            said_by_class = self._plain[kind]
            if said_by_class is None:
                return None
            said = map(attributes.get, self._attributes)
            return Likeness(
                folder=self._folders.of(content),
                said_by_class=said_by_class,
                said=tuple(map(_value, said)),
                local_roles=_local_roles(attributes.get(_LOCAL), self._principals),
                is_blocked=bool(attributes.get(_BLOCK)),
            )
        except (AttributeError, TypeError, _Unlike):
            return None

    def is_certain(self, content: Any) -> bool:
        """Is all alike that is in the same folder and of the same character?"""
        return self._kinds.is_usual(content) and self.of(content) is not None

    def _said_by(self, kind: type, provided: ISpecification) -> tuple | None:
        """Return what a class itself says; None where something else may say more."""
        adapters = getSiteManager().adapters
        providers = adapters.lookupAll((provided,), ILocalRoleProvider)
        said = [getattr(kind, name, None) for name in self._attributes]
        local = [getattr(kind, name, None) for name in (_LOCAL, _BLOCK)]
        if (
            [factory for _name, factory in providers] != [DefaultLocalRoleAdapter]
            or any(
                provided.isOrExtends(each) or adapters.lookup((provided,), each)
                for each in (IWorkspace, IGroupAwareWorkspace)
            )
            or not all(isinstance(each, _OF_A_CLASS) for each in said)
            or local != [None, None]
        ):
            return None
        # A class stays, and so do these.
        return tuple(map(id, said))


class _Unlike(Exception):
    """Something else than attributes of the usual kind decides."""


def _local_roles(roles: Any, principals: Set[str] | None = None) -> tuple:
    """Return local roles, of some ``principals``, None for all."""
    if not roles:
        return ()
    # It may also be something that finds them when it is called.
    if type(roles) is not dict:
        raise _Unlike
    whose = roles if principals is None else roles.keys() & principals
    return tuple(sorted((each, tuple(roles[each])) for each in whose))


def _few_local_roles(roles: Any) -> tuple:
    found = _local_roles(roles)
    if len(found) > _MOST_SHARING:
        raise _Unlike
    return found


def _value(roles: Any) -> Hashable:
    """Return what an item says about a permission: those who have it, in a tuple as all
    of them, in a list beside those of the folder."""
    if roles is None or type(roles) is tuple:
        return roles
    if type(roles) is not list:
        # The name of another permission, say.
        raise _Unlike
    return list, *roles


def gives_local_roles_as_usual(user_folder: Any) -> bool:
    """Are local roles in it what attributes and adapters of content say?"""
    plugins = user_folder.plugins.listPlugins(ILocalRolesPlugin)
    # Where there is none, nobody has any.
    return {type(aq_base(each)) for _id, each in plugins} == {WorkspaceLocalRoleManager}
