"""``Attesting``: somebody vouches for readers of an item, or takes that back."""

from collections.abc import Collection
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.own import withdrawn
from slc.clicktracker.acknowledgements.recording import acknowledge
from slc.clicktracker.acknowledgements.vouching import Vouching
from slc.clicktracker.reports.acknowledged import WAYS
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.amiss import check_reason
from slc.clicktracker.reports.amiss import SOME_ERRORS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import who
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from typing import NamedTuple
from zope.i18nmessageid import Message


_CHOOSE = _("Choose at least one person.")


class Attested(NamedTuple):
    """What somebody says: of ``readers``, as ``value_of`` names them, in which ``way``, with
    a ``reason``, of the ``version`` that they have seen. ``once`` is the same when the same
    is sent again."""

    readers: Collection[str]
    way: str
    reason: str
    version: str
    once: str


class Attesting(Vouching):
    """What is done is recorded with the transaction, and said. Raises the same as a
    ``Vouching``, and ``Amiss``."""

    def __init__(self, content: Any) -> None:
        super().__init__(content)

    @property
    def shown_version(self) -> str:
        """What tells the version that is vouched for from others."""
        return text_key(self.version)

    def attest(self, said: Attested) -> Message:
        chosen = tuple(each for each in self.open if value_of(each) in said.readers)
        left_out = self.left_out(said.readers)
        errors: dict[str, Message] = {}
        if not chosen:
            errors["readers"] = _left_out(left_out) if left_out else _CHOOSE
        if said.way not in WAYS:
            errors["way"] = _("Choose one of these.")
        check_reason(errors, said.reason, _("Say how you know."))
        if errors:
            raise Amiss(errors)
        if said.version != self.shown_version:
            raise Amiss(
                {},
                _(
                    "Nothing was recorded: the document has changed since you opened the "
                    "form. Have they read what it says now?"
                ),
            )
        acknowledge(self.attestations(chosen, said.way, said.reason, said.once))
        return _done(len(chosen), left_out)

    def left_out(self, readers: Collection[str]) -> list[str]:
        """Return those of whom nothing can be said, by user id: they are not expected (any
        more), or it is recorded already."""
        known = {value_of(each) for each in self.open}
        return sorted(each.partition("/")[0] for each in set(readers) - known)

    def withdraw(
        self, keys: Collection[str], reason: str, name: str = "reason"
    ) -> Message:
        """Take back what was said with some keys. ``name`` is that of the field with the
        reason."""
        chosen = [each for each in self.attested if each.key in keys]
        errors: dict[str, Message] = {}
        if not chosen:
            errors["keys"] = _CHOOSE
        why = _("Say why it does not stand any more.")
        check_reason(errors, reason, why, name)
        if errors:
            raise Amiss(errors, SOME_ERRORS)
        acknowledge(withdrawn(chosen, self.by, reason))
        return _("Withdrawn. It stays in the history of these readers.")


def _done(count: int, left_out: Collection[str]) -> Message:
    numbers = {"count": localized_number(count), "names": _names(left_out)}
    if left_out:
        return _(
            "Recorded for: ${count}. Nothing was recorded for these, who are not expected "
            "to read it, or have it recorded already: ${names}",
            mapping=numbers,
        )
    if count == 1:
        return _("Recorded for one person.")
    return _("Recorded for ${count} people.", mapping=numbers)


def _left_out(names: Collection[str]) -> Message:
    return _(
        "Choose somebody else. These are not expected to read it, or have it recorded "
        "already: ${names}",
        mapping={"names": _names(names)},
    )


def _names(names: Collection[str]) -> str:
    return ", ".join(map(isolated, names))


def value_of(reader: Reader) -> str:
    """Return what names a reader in a form: the user id, for those of other user folders
    behind the path of the folder."""
    return "/".join(reversed(who(reader)))
