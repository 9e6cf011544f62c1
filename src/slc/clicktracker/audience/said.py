"""What was said in a site of who is expected to read: all rules and exceptions."""

from collections.abc import Mapping
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from slc.clicktracker.audience.exceptions import kept_exceptions
from slc.clicktracker.audience.rules import kept_rules
from slc.clicktracker.tracking.lasting import found_of_objects
from slc.clicktracker.tracking.lasting import oids_of


@dataclass(frozen=True)
class Said:
    """Rules by UID and exceptions, as they are kept."""

    rules: Mapping[str, tuple]
    exceptions: tuple[tuple[tuple, tuple, tuple], ...]

    @cached_property
    def uids(self) -> Set[str]:
        """The UIDs of what has a rule, or had an exception, of its own."""
        return {*self.rules, *(uid for (_kind, uid, *_rest), *_ in self.exceptions)}


def all_said() -> Said:
    """Return what was said in the current site: the very same as long as nothing else is."""
    rules, exceptions = kept_rules(), kept_exceptions()
    trees = rules, exceptions.tree

    def find() -> tuple[Said, Set[bytes]]:
        found = Said(dict(rules), exceptions.entries())
        return found, frozenset(oids_of(*trees))

    return found_of_objects(("said", *(tree._p_oid for tree in trees)), find)
