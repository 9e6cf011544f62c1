"""Who is expected to read a document: the rule of an item, and which one applies."""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from slc.clicktracker import _
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.lineage import lineage
from typing import Any


_rules = SiteRecord("audience_rules")


@dataclass(frozen=True)
class AudienceRule:
    """Everybody who can view the item, or those who are named.

    ``groups`` and ``roles`` are ids; a role means those who have it on the item.
    ``users`` are persons without their names. All three are empty for everybody.
    """

    everybody: bool = True
    groups: tuple[str, ...] = ()
    users: tuple[Reader, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AppliedRule:
    """A rule and the item that has it, None where no item up to the site has one."""

    rule: AudienceRule
    source: Any = None


def rule_of(content: Any) -> AudienceRule | None:
    """Return the rule of this very item, or None: it is like the folder above."""
    return _rule(_rules.get(document_uid(content)))


def kept_rules() -> OOBTree:
    """Return the rules of all items by UID, as they are kept; to be read only."""
    return _rules.tree()


def _rule(kept: tuple) -> AudienceRule | None:
    """Return a rule as it is kept, None where there is none."""
    if not kept:
        return None
    kind, groups, users, roles = kept
    readers = tuple(Reader(user, folder) for folder, user in users)
    return AudienceRule(kind == "everybody", groups, readers, roles)


def applied_rule(content: Any) -> AppliedRule:
    """Return the rule that applies: the nearest one, up to the site.

    Where there is none, everybody who can view the content is expected.
    """
    return _nearest(lineage(content))


def rule_above(content: Any) -> AudienceRule:
    """Return the rule that would apply to content without one of its own."""
    return _nearest(islice(lineage(content), 1, None)).rule


def _nearest(items: Iterable[Any]) -> AppliedRule:
    rules = _rules.all()
    for item in items:
        rule = _rule(rules.get(document_uid(item), ()))
        if rule is not None:
            return AppliedRule(rule, item)
    return AppliedRule(AudienceRule())


def choose_audience(content: Any, rule: AudienceRule | None) -> bool:
    """Give an item a rule of its own, or take it; return whether that changed it."""
    if rule == rule_of(content):
        return False
    kept = ()
    if rule is not None:
        kind = "everybody" if rule.everybody else "named"
        users = tuple((reader.folder, reader.user) for reader in rule.users)
        kept = (kind, tuple(rule.groups), users, tuple(rule.roles))
    _rules.set(document_uid(content), kept)
    return True


def uids_naming(person: Reader) -> list[str]:
    """Return the UIDs of all items with a rule of their own that names a person."""
    who = person.folder, person.user
    return [uid for uid, kept in _rules.all().items() if who in kept[_USERS]]


def _forget(person: Reader, pseudonym: str, erase: bool) -> None:
    """Nobody is expected who is forgotten."""
    who = person.folder, person.user
    for uid, kept in list(_rules.all().items()):
        if who in kept[_USERS]:
            others = tuple(each for each in kept[_USERS] if each != who)
            _rules.set(uid, (*kept[:_USERS], others, *kept[_USERS + 1 :]))


#: Where in a record the named people are.
_USERS = 2

RULES_OF_PEOPLE = PlaceOfPeople(
    _("Documents that they are expected to read by name"),
    lambda person: len(uids_naming(person)),
    _forget,
)
