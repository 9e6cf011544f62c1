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
        errors: dict[str, Message] = {}
        if not chosen:
            errors["readers"] = _CHOOSE
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
        if len(chosen) == 1:
            return _("Recorded for one person.")
        return _(
            "Recorded for ${count} people.",
            mapping={"count": localized_number(len(chosen))},
        )

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


def value_of(reader: Reader) -> str:
    """Return what names a reader in a form: the user id, for those of other user folders
    behind the path of the folder."""
    return "/".join(reversed(who(reader)))
