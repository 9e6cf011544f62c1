"""Why beacons were refused, in words for the control panel."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.tickets.verdict import Reason
from zope.i18nmessageid import Message


_NOT_OURS = _("Not a ticket of this site. Many of these suggest an attack.")
_NOT_THE_SCRIPT = _("Not from the script.")

_MEANINGS = {
    Reason.TICKET_EXPIRED: _(
        "The page was served too long ago; the script fetches a fresh ticket."
    ),
    Reason.OTHER_USER: _(
        "Somebody else has logged in since the page was served, or the message is "
        "forged."
    ),
    Reason.TICKET_FORGED: _NOT_OURS,
    Reason.OTHER_SITE: _NOT_OURS,
    Reason.TICKET_FROM_FUTURE: _NOT_OURS,
    Reason.TICKET_MALFORMED: _NOT_THE_SCRIPT,
    Reason.BEACON_MALFORMED: _NOT_THE_SCRIPT,
    Reason.BODY_TOO_LARGE: _NOT_THE_SCRIPT,
    Reason.NOT_POST: _NOT_THE_SCRIPT,
    Reason.REQUEST_MALFORMED: _NOT_THE_SCRIPT,
    Reason.RECORDING_OFF: _(
        "Recording is off (CLICKTRACKER_DSN=off), but the page was served before that."
    ),
    Reason.TOO_MANY: _(
        "More messages a minute than the limits in the form allow. The script tries "
        "again."
    ),
    Reason.STORAGE_UNAVAILABLE: _(
        "The storage can't be used. The script tries again. See the log."
    ),
    Reason.SPOOL_FULL: _(
        "Too many reads are waiting for the storage, so no more are kept. The script "
        "tries again."
    ),
    Reason.SPOOL_UNAVAILABLE: _(
        "This server can't write reads to its disk. The script tries again. See the "
        "log."
    ),
    Reason.NO_WRITER: _(
        "No storage would accept the read. The script tries again. See the log."
    ),
}

_BY_NAME = {reason.header: meaning for reason, meaning in _MEANINGS.items()}


@dataclass(frozen=True)
class Refusal:
    """A reason, how often, and what it means."""

    name: str
    number: int
    meaning: Message | str

    @classmethod
    def listed(cls, counts: dict[str, int]) -> "list[Refusal]":
        """Return one for each name that was counted, the most frequent first.

        A process with another version of the package may count what we don't know.
        """
        names = sorted(counts, key=lambda name: (-counts[name], name))
        return [cls(name, counts[name], _BY_NAME.get(name, "")) for name in names]
