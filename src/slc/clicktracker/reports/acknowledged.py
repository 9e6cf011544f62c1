"""Acknowledgements in words: by whom, about which version, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import standing
from slc.clicktracker.words.names import name_of
from zope.i18nmessageid import Message


#: How somebody else knows that a reader has read something, by the word for programs.
WAYS = {
    "paper": _("Read on paper"),
    "aloud": _("Read aloud in the meeting"),
    "other": _("In another way"),
}


@dataclass(frozen=True)
class AcknowledgementRow:
    """An acknowledgement in words. ``by`` is the name of whoever vouches, "" for the reader
    and for somebody who was forgotten; ``version`` what the version is called; ``stands`` says
    whether it still does."""

    said: Acknowledgement
    title: Message
    way: Message | None
    by: str
    version: Message
    stands: bool

    @property
    def state(self) -> Message | None:
        """What became of it, None where it stands, or takes another one back."""
        if self.stands or self.said.is_withdrawn:
            return None
        return _("does not stand any more")


def rows_of(
    every: Iterable[Acknowledgement], versions: NamedVersions
) -> list[AcknowledgementRow]:
    """Return the rows for all that was said, the latest first."""
    listed = list(every)
    stands = {each.key for each in standing(listed)}
    return [_row(each, each.key in stands, versions) for each in reversed(listed)]


def _row(
    said: Acknowledgement, stands: bool, versions: NamedVersions
) -> AcknowledgementRow:
    title = _TITLES[said.kind == ACKNOWLEDGED, said.is_withdrawn]
    is_own = (said.by.folder, said.by.user) == (said.reader.folder, said.reader.user)
    by = "" if is_own or not said.by.user else name_of(said.by)
    version = versions.of(said.document.uid, said.text, said.version.label)
    return AcknowledgementRow(said, title, WAYS.get(said.way), by, version, stands)


#: By whether the reader has said so, and whether it is taken back.
_TITLES = {
    (True, False): _("Acknowledged"),
    (True, True): _("Acknowledgement withdrawn"),
    (False, False): _("Attested"),
    (False, True): _("Attestation withdrawn"),
}
