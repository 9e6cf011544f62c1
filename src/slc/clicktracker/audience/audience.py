"""Who is expected to read a document now: its rule, put into names."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set
from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
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
from slc.clicktracker.audience.rules import rule_above
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


@dataclass(frozen=True, eq=False)
class Everybody:
    """Who is expected by a rule and roles alone; all is as in an ``Audience``.

    Many documents have that in common, and leave out few of them: some who are excused,
    the one who has written it.
    """

    readers: tuple[Reader, ...]
    able: tuple[Reader, ...]
    complete: bool
    names_people: bool
    problems: tuple[Message, ...]

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """Where in ``readers`` somebody is, by user folder and id."""
        return {
            (each.folder, each.user): place for place, each in enumerate(self.readers)
        }


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


def audience_by(content: Any, rule: AudienceRule | None) -> Audience:
    """Return who would be expected to read content by a rule of its own, or by that of
    the folder above."""
    found = rule or rule_above(content)
    sharing = Sharing(content)
    editors = editors_by(sharing) if found.everybody else Holders()
    holders = sharing.having(frozenset(found.roles))
    grounds = replace(
        grounds_of(content, sharing), rule=found, holders=holders, editors=editors
    )
    return audience_on(grounds, Members())


def grounds_of(content: Any, sharing: Sharing | None = None) -> Grounds:
    """Return what decides now who is expected to read content; ``sharing`` is its own,
    or that of content that is alike."""
    rule, sharing = applied_rule(content).rule, sharing or Sharing(content)
    return Grounds(
        rule=rule,
        exceptions=tuple(exception for exception, _item in exceptions_for(content)),
        viewers=sharing.allowed(VIEW),
        holders=sharing.having(frozenset(rule.roles)),
        editors=editors_by(sharing) if rule.everybody else Holders(),
    )


def audience_on(grounds: Grounds, members: Members) -> Audience:
    """Return who is expected to read what has these grounds."""
    editors = working(grounds.editors, members)
    return audience_among(everybody_on(grounds, members), grounds.exceptions, editors)


def working(editors: Holders, members: Members) -> Set[str]:
    """Return the ids of members who work on content by the roles that they have."""
    if not (editors.roles or editors.principals):
        return frozenset()
    return members.having(editors.roles, editors.principals).names.keys()


def everybody_on(grounds: Grounds, members: Members) -> Everybody:
    """Return whom rule and roles tell, whatever exceptions there are, and editors."""
    rule = grounds.rule
    selection = (
        members.having(grounds.viewers.roles, grounds.viewers.principals)
        if rule.everybody
        else _who_is_named(grounds, members)
    )
    listed = (_named(user, name) for user, name in selection.names.items())
    found = {("", one[1].user): one for one in listed}
    for account in filter(None, map(_account, rule.users)):
        found[account.folder, account.user] = by_name(account), account
    readers = tuple(
        reader for _key, reader in sorted(found.values(), key=itemgetter(0))
    )
    return Everybody(
        readers=readers,
        able=readers if rule.everybody else _able(grounds, members, readers),
        complete=not selection.unlisted,
        names_people=bool(rule.users),
        problems=(*_gone(rule, selection), *_incomplete(selection)),
    )


def audience_among(
    everybody: Everybody,
    exceptions: Iterable[AudienceException],
    editors: Set[str],
    left_of: Callable[[tuple[Reader, ...], Set[int]], tuple[Reader, ...]] | None = None,
) -> Audience:
    """Return the audience where exceptions hold, and some members work on the content.

    ``left_of`` does what the function of that name does, and may remember it.
    """
    left_of = left_of or left_of_readers
    places, excused = everybody.places, {}
    for exception in exceptions:
        place = places.get((exception.reader.folder, exception.reader.user))
        if place is not None:
            reader = everybody.readers[place]
            excused[place] = replace(exception, reader=reader)
    at_work = {places["", user] for user in editors if ("", user) in places}
    members = left_of(everybody.readers, excused.keys() | at_work)
    able = _left_of_able(everybody, members, excused)
    problems = list(everybody.problems)
    if len(able) < len(members):
        problems.append(_without_view(len(members) - len(able)))
    if not members and everybody.complete:
        are_excused = len(excused) == len(everybody.readers)
        problems.append(_nobody(bool(excused)) if are_excused else _only_editors())
    return Audience(
        members=members,
        able=able,
        excused=tuple(sorted(excused.values(), key=lambda each: by_name(each.reader))),
        complete=everybody.complete,
        names_people=everybody.names_people,
        problems=tuple(problems),
    )


def left_of_readers(
    readers: tuple[Reader, ...], places: Set[int]
) -> tuple[Reader, ...]:
    """Return readers without those at some places."""
    if not places:
        return readers
    left = list(readers)
    for place in sorted(places, reverse=True):
        del left[place]
    return tuple(left)


def _left_of_able(
    everybody: Everybody, members: tuple[Reader, ...], excused: Mapping[int, Any]
) -> tuple[Reader, ...]:
    """Return those of the members who are able to view the content.

    Where not all of everybody are, people are named, and who works on it is expected.
    """
    if everybody.able is everybody.readers:
        return members
    gone = {everybody.readers[place] for place in excused}
    able = tuple(each for each in everybody.able if each not in gone)
    return members if len(able) == len(members) else able


@lru_cache(_MOST_NAMES)
def _named(user: str, name: str) -> tuple[tuple[str, str, str], Reader]:
    """Return a member of that name, and what sorts it: nothing else decides about them,
    and to fold the names of 10,000 members takes a quarter of a second."""
    reader = Reader(user, "", name)
    return by_name(reader), reader


def by_name(reader: Reader) -> tuple[str, str, str]:
    """Return what the members of an audience are sorted by."""
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


def live_grounds(rule: AudienceRule) -> tuple[bool, ...] | None:
    """Return what decides about an audience beside its grounds and the members: which of
    the groups and roles that the rule names there are. None where it names somebody of
    another user folder."""
    if any(reader.folder for reader in rule.users):
        return None
    roles = api.portal.get().valid_roles() if rule.roles else ()
    return (*map(_is_group, rule.groups), *(role in roles for role in rule.roles))


def _gone(rule: AudienceRule, selection: Selection) -> Iterator[Message]:
    """Say what the rule names in vain."""
    for group in rule.groups:
        if not _is_group(group):
            yield _(
                "The group “${group}” is named, but no longer exists.",
                mapping={"group": group},
            )
    for reader in rule.users:
        if not _account(reader) and (
            reader.folder or reader.user not in selection.names
        ):
            yield _(
                "“${user}” is named, but is no longer a member.",
                mapping={"user": reader.user},
            )
    for role in rule.roles:
        if role not in api.portal.get().valid_roles():
            yield _(
                "The role “${role}” is named, but no longer exists.",
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
        "Expected readers who can't view this now: ${number}. They can't read it until "
        "this changes.",
        mapping={"number": number},
    )


def _incomplete(selection: Selection) -> Iterator[Message]:
    for kind, source in sorted(selection.unlisted, key=str):
        yield Message(_INCOMPLETE[kind], mapping={"source": source})


_INCOMPLETE = {
    IUserEnumerationPlugin: _(
        "The audience is incomplete: “${source}” may not list all its accounts, so "
        "people may be missing here."
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
        "Nobody is expected to read this, because everybody who can view it may edit "
        "it or manages its tracking. Name the people who should read it anyway."
    )
