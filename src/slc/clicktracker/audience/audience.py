"""Who is expected to read a document now: its rule, put into names."""

from collections.abc import Iterator
from collections.abc import Set
from dataclasses import dataclass
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from plone import api
from Products.PlonePAS.interfaces.group import IGroupIntrospection
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserEnumerationPlugin
from slc.clicktracker import _
from slc.clicktracker.audience.editors import editors_by
from slc.clicktracker.audience.editors import WORK
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.audience.exceptions import exceptions_for
from slc.clicktracker.audience.holders import Holders
from slc.clicktracker.audience.holders import Sharing
from slc.clicktracker.audience.members import Members
from slc.clicktracker.audience.members import Selection
from slc.clicktracker.audience.rules import applied_rule
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from typing import Any
from zope.i18nmessageid import Message


VIEW = "View"

#: Members that a process remembers as they are sorted, some 300 bytes each.
_MOST_NAMES = 50_000

#: What decides, of all permissions on content, who is expected to read it.
DECISIVE = (VIEW, *WORK)


@dataclass(frozen=True)
class Audience:
    """Those who are expected to read a document, sorted by name.

    ``members`` have the names that they have now, "" for somebody without one.
    ``excused`` would be among them, but an exception holds. Where not
    ``complete``, there may be more. ``able`` are the members who can view it now, all
    of them where that can't be told. ``names_people``: the rule names persons, not
    only groups and roles. ``problems`` say in words, without any name
    of a reader who isn't named in the rule, what is not as it should be.
    """

    members: tuple[Reader, ...]
    able: tuple[Reader, ...]
    excused: tuple[AudienceException, ...]
    complete: bool
    names_people: bool
    problems: tuple[Message, ...]

    @property
    def unable(self) -> int:
        """How many of the members can't view it now, as far as is known."""
        return len(self.members) - len(self.able)


@dataclass(frozen=True)
class Grounds:
    """What decides about an audience: the same grounds, at one moment, give the same.

    ``viewers`` may view the content; ``holders`` have a role that the rule names by
    the Sharing tab, here or above. ``exceptions`` hold. ``editors`` are who works on
    the content, where that decides about who is expected.
    """

    rule: AudienceRule
    exceptions: tuple[AudienceException, ...]
    viewers: Holders
    holders: frozenset[str]
    editors: Holders


def audience_of(content: Any, members: Members | None = None) -> Audience:
    """Return who is expected to read content, by its rule and the members of this
    moment, which may be given.

    "Everybody who can view it" are not those who may edit it, or manage its tracking:
    they know it already. Who is named is expected, whatever that one may do.
    """
    return audience_on(grounds_of(content), members or Members())


def grounds_of(content: Any) -> Grounds:
    """Return what decides now who is expected to read content."""
    rule, sharing = applied_rule(content).rule, Sharing(content)
    return Grounds(
        rule=rule,
        exceptions=tuple(exception for exception, _item in exceptions_for(content)),
        viewers=sharing.allowed(VIEW),
        holders=sharing.having(set(rule.roles)),
        editors=editors_by(sharing) if rule.everybody else Holders(),
    )


def audience_on(grounds: Grounds, members: Members) -> Audience:
    """Return who is expected to read what has these grounds."""
    audience = _with_editors(grounds, members)
    return without_editors(audience, grounds.editors, members)


def without_editors(audience: Audience, editors: Holders, members: Members) -> Audience:
    """Return an audience without those who work on what it is expected to read."""
    return without(audience, working(editors, members))


def working(editors: Holders, members: Members) -> Set[str]:
    """Return the ids of members who work on content by the roles that they have."""
    if not (editors.roles or editors.principals):
        return frozenset()
    return members.having(editors.roles, editors.principals).names.keys()


def without(audience: Audience, users: Set[str]) -> Audience:
    """Return an audience without some members, who work on what it is to read."""
    if not users:
        return audience
    readers = tuple(r for r in audience.members if r.folder or r.user not in users)
    problems = audience.problems
    if audience.members and not readers and audience.complete:
        problems = (*problems, _only_editors())
    # Only of everybody who can view it are they left out, so all others can.
    return replace(audience, members=readers, able=readers, problems=problems)


def _with_editors(grounds: Grounds, members: Members) -> Audience:
    rule = grounds.rule
    selection = (
        members.having(grounds.viewers.roles, grounds.viewers.principals)
        if rule.everybody
        else _who_is_named(grounds, members)
    )
    listed = (_named(user, name) for user, name in selection.names.items())
    found = {("", one[1].user): one for one in listed}
    for account in filter(None, map(_account, rule.users)):
        found[account.folder, account.user] = _by_name(account), account
    excused = []
    for exception in grounds.exceptions:
        one = found.pop((exception.reader.folder, exception.reader.user), None)
        if one is not None:
            excused.append(replace(exception, reader=one[1]))
    expected = tuple(
        reader for _key, reader in sorted(found.values(), key=itemgetter(0))
    )
    able = expected if rule.everybody else _able(grounds, members, expected)
    problems = [*_gone(rule, selection), *_incomplete(selection)]
    if len(able) < len(expected):
        problems.append(_without_view(len(expected) - len(able)))
    if not expected and not selection.unlisted:
        problems.append(_nobody(bool(excused)))
    return Audience(
        members=expected,
        able=able,
        excused=tuple(sorted(excused, key=lambda each: _by_name(each.reader))),
        complete=not selection.unlisted,
        names_people=bool(rule.users),
        problems=tuple(problems),
    )


@lru_cache(_MOST_NAMES)
def _named(user: str, name: str) -> tuple[tuple[str, str, str], Reader]:
    """Return a member of that name, and what sorts it: nothing else decides about them,
    and to fold the names of 10,000 members takes a quarter of a second."""
    reader = Reader(user, "", name)
    return _by_name(reader), reader


def _by_name(reader: Reader) -> tuple[str, str, str]:
    return folded(reader.name or reader.user), reader.user, reader.folder


def _who_is_named(grounds: Grounds, members: Members) -> Selection:
    rule = grounds.rule
    users = {reader.user for reader in rule.users if not reader.folder}
    return members.having(
        set(rule.roles), grounds.holders, users=users, groups=set(rule.groups)
    )


def _account(reader: Reader) -> Reader | None:
    """Return a person of another user folder than the site's, if there is one."""
    if not reader.folder:
        return None
    folder = api.portal.get().unrestrictedTraverse(reader.folder, None)
    user = folder.getUserById(reader.user) if folder is not None else None
    return None if user is None else replace(reader, name=user.getUserName())


def _gone(rule: AudienceRule, selection: Selection) -> Iterator[Message]:
    """Say what the rule names in vain."""
    for group in rule.groups:
        if not _is_group(group):
            yield _(
                "The group “${group}” is named, but does not exist any more.",
                mapping={"group": group},
            )
    for reader in rule.users:
        if not _account(reader) and (
            reader.folder or reader.user not in selection.names
        ):
            yield _(
                "“${user}” is named, but is not a member any more.",
                mapping={"user": reader.user},
            )
    for role in rule.roles:
        if role not in api.portal.get().valid_roles():
            yield _(
                "The role “${role}” is named, but does not exist any more.",
                mapping={"role": role},
            )


def _is_group(group: str) -> bool:
    # What the tool makes of a group is cleared with the request, which fails noisily
    # where the cache of the database had no room for the tool meanwhile.
    plugins = api.portal.get()["acl_users"].plugins.listPlugins(IGroupIntrospection)
    return any(plugin.getGroupById(group) is not None for _id, plugin in plugins)


def _able(
    grounds: Grounds, members: Members, readers: tuple[Reader, ...]
) -> tuple[Reader, ...]:
    """Return who of the readers may view what they are expected to read; all of them
    where that can't be told."""
    viewers = members.having(grounds.viewers.roles, grounds.viewers.principals)
    if viewers.unlisted:
        return readers
    able = tuple(each for each in readers if each.folder or each.user in viewers.names)
    return readers if len(able) == len(readers) else able


def _without_view(number: int) -> Message:
    return _(
        "Expected readers who can't view this now: ${number}. They can't read it "
        "before that changes.",
        mapping={"number": number},
    )


def _incomplete(selection: Selection) -> Iterator[Message]:
    for kind, source in sorted(selection.unlisted, key=str):
        yield Message(_INCOMPLETE[kind], mapping={"source": source})


_INCOMPLETE = {
    IUserEnumerationPlugin: _(
        "The audience is incomplete: “${source}” can't be relied on to list all its "
        "accounts, so people may be missing here."
    ),
    IGroupsPlugin: _(
        "The audience is incomplete: “${source}” can't list who is in a group, so "
        "people may be missing here."
    ),
    IRolesPlugin: _(
        "The audience is incomplete: “${source}” can't list who has a role, so people "
        "may be missing here."
    ),
}


def _nobody(some_are_excused: bool) -> Message:
    if some_are_excused:
        return _(
            "Nobody is expected to read this: everybody in the audience is excused."
        )
    return _("Nobody is expected to read this: there is nobody in the audience.")


def _only_editors() -> Message:
    return _(
        "Nobody is expected to read this: everybody who can view it may edit it or "
        "manages its tracking. Name those who are expected all the same."
    )
