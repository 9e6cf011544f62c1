"""``AudienceChoice``: somebody chooses who is expected to read an item."""

from collections.abc import Iterable
from collections.abc import Iterator
from plone import api
from slc.clicktracker import _
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import rule_of
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.isolated import isolated
from typing import Any
from typing import NamedTuple
from zope.component import getUtility
from zope.i18nmessageid import Message
from zope.schema.interfaces import IVocabularyFactory


#: What can be chosen.
INHERIT, EVERYBODY, NAMED = "inherit", "everybody", "named"

_EVERYBODYS = ("Anonymous", "Authenticated")


class AudienceChoice(NamedTuple):
    """``choice`` is one of the words above; what is named counts for the last one alone:
    groups and roles by id, members of the site by user id."""

    choice: str
    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: Any) -> "AudienceChoice":
        """Return what is chosen for this very item, with people for whoever may see readers
        there."""
        rule = rule_of(content)
        if rule is None:
            return cls(INHERIT)
        return cls(
            EVERYBODY if rule.everybody else NAMED,
            rule.groups,
            tuple(user.user for user in rule.users if user not in _kept(content)),
            rule.roles,
        )

    def problems(self, content: Any) -> Iterator[tuple[str, Message]]:
        """Say what is wrong, by the name of the field: whom nobody knows, or nobody.

        Who was named before and is gone stays until somebody removes the name.
        """
        if self.choice != NAMED:
            return
        before = _before(content)
        user_folder = api.portal.get()["acl_users"]
        new = sorted(set(self.groups) - set(before.groups))
        unknown = [group for group in new if user_folder.getGroupById(group) is None]
        if unknown:
            names = {"groups": ", ".join(map(isolated, unknown))}
            yield "groups", _("There is no such group: ${groups}", mapping=names)
        new = sorted(set(self.users) - {reader.user for reader in before.users})
        unknown = [user for user in new if user_folder.getUserById(user) is None]
        if unknown:
            names = {"users": ", ".join(map(isolated, unknown))}
            yield "users", _("There is no such member: ${users}", mapping=names)
        unknown = sorted(set(self.roles) - set(before.roles) - set(roles_in(content)))
        if unknown:
            names = {"roles": ", ".join(map(isolated, unknown))}
            yield "roles", _("There is no such role: ${roles}", mapping=names)
        if not (self.groups or self.users or self.roles or _kept(content)):
            yield "choice", _("Name at least one group, person or role.")

    def rule(self, content: Any) -> AudienceRule | None:
        """Return the rule that it is, None for that of the folder above."""
        if self.choice != NAMED:
            return AudienceRule() if self.choice == EVERYBODY else None
        users = dict.fromkeys((*map(Reader, self.users), *_kept(content)))
        roles = tuple(sorted(self.roles))
        return AudienceRule(False, self.groups, tuple(users), roles)


def _before(content: Any) -> AudienceRule:
    return rule_of(content) or AudienceRule()


def unnamed_users(content: Any) -> int:
    """Return how many people are named of whom the current user may not know."""
    return 0 if may_see_readers(content) else len(_before(content).users)


def _kept(content: Any) -> tuple[Reader, ...]:
    """Those whom the current user doesn't choose, so doesn't remove: users of other folders,
    as nobody can choose them by their id, and all of them where they may not see readers."""
    is_shown = may_see_readers(content)
    users = _before(content).users
    return tuple(reader for reader in users if reader.folder or not is_shown)


def roles_in(content: Any) -> list[str]:
    """Return the roles that tell some people from others; everybody is a choice of its
    own."""
    terms = getUtility(IVocabularyFactory, "plone.app.vocabularies.Roles")(content)
    return [term.value for term in terms if term.value not in _EVERYBODYS]


def found_in(readers: Iterable[Reader], search: str) -> list[Reader]:
    """Return those whose name or id has what is searched, all where that is ""."""
    text = folded(search)
    return [
        each
        for each in readers
        if text in folded(each.name) or text in folded(each.user)
    ]
