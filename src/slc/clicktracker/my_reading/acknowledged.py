"""What a member has acknowledged, and what somebody has vouched for about them."""

from collections.abc import Iterator
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import kept_as_evidence
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.names import name_of
from zope.i18nmessageid import Message


#: By whether somebody else has said so, and whether it does not stand any more.
_WHAT = {
    (False, False): _("Acknowledged"),
    (False, True): _("Acknowledgement withdrawn"),
    (True, False): _("Somebody vouches for you"),
    (True, True): _("Somebody vouches for you no longer"),
}


class OwnAcknowledgements(OwnPart):
    """Acknowledgements of any kind, with those that were withdrawn."""

    name = "acknowledged"
    title = _("What you have acknowledged")
    says = _(
        "What you have confirmed to have read, with the exact sentence, and what somebody "
        "else has vouched for about you."
    )
    columns = (
        _("When"),
        _("Document"),
        _("Version"),
        _("What"),
        _("Sentence"),
        _("Reason"),
        _("Said by"),
    )

    @property
    def is_kept(self) -> bool:
        return storage_with(IAcknowledgements) is not None

    @property
    def kept(self) -> Message:
        return kept_as_evidence("keep_engaged")

    @cached_property
    def _latest_first(self) -> tuple[Acknowledgement, ...]:
        query = AcknowledgementQuery(reader=self.reader)
        return storage_with(IAcknowledgements).acknowledgements(query)[::-1]

    def page(self, start: int, size: int) -> Page:
        shown = self._latest_first[start : start + size]
        titles = Titles(each.document.uid for each in shown)
        rows = [
            (
                each.at,
                titles.of(each.document.uid),
                titles.version_of(each.document.uid, each.version),
                _WHAT[each.kind == ATTESTED, each.is_withdrawn],
                each.sentence,
                each.why,
                self._name_of(each.by),
            )
            for each in shown
        ]
        return rows, len(self._latest_first)

    def _name_of(self, by: Reader) -> Message | str:
        if (by.folder, by.user) == (self.reader.folder, self.reader.user):
            return _("you")
        return name_of(by) if by.user else _("Somebody who is no longer a member")

    def data(self) -> Iterator[Data]:
        for each in self._latest_first:
            yield {
                "at": each.at,
                "kind": each.kind,
                "withdrawn": each.is_withdrawn,
                "document_uid": each.document.uid,
                "version": each.version.label,
                "digest": each.version.digest,
                "sentence": each.sentence,
                "language": each.language,
                "by": each.by.user,
                "way": each.way,
                "reason": each.why,
                "password_asked_again": each.asked_again,
            }
