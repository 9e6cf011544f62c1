"""``@acknowledgement-choice``: whether readers of content are asked to acknowledge it."""

from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import applied_choice
from slc.clicktracker.acknowledgements.asked import is_asked_nowhere
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.reports.asking_change import ASK
from slc.clicktracker.reports.asking_change import AskingChange
from slc.clicktracker.reports.asking_change import INHERIT
from slc.clicktracker.reports.asking_change import LEAVE
from slc.clicktracker.reports.asking_change import typed_sentence
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.screens.asking import asking_screen
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.tracking.allowed import if_visible
from typing import Any
from zope.interface import Interface
from zope.schema import Choice
from zope.schema import Text
from zope.schema import TextLine


class IAsking(Interface):
    """What is sent to choose: as in the fields of the form."""

    choice = Choice(title="Whether", values=(ASK, LEAVE, INHERIT))
    sentence = Text(title="What readers acknowledge", required=False)
    reason = TextLine(title="Why it changes", required=False)
    holding = TextLine(title="What was there before", required=False)


class GetAcknowledgementChoice(ChangeService):
    """Answers with the ``choice`` for this very item and its ``sentence``; with what is
    ``asked`` here in the end, and the ``source`` of that."""

    def answer(self) -> dict[str, Any]:
        return {**self._known, **self.screen(asking_screen)}

    @property
    def _known(self) -> dict[str, Any]:
        change, applied = AskingChange(self.context), applied_choice(self.context)
        asked = sentence_of(self.context)
        source = if_visible(applied and applied.source)
        return {
            "@id": self.url,
            "choice": change.kept,
            "sentence": change.sentence,
            "holding": change.holding,
            "asked": asked and asked.text,
            "source": source
            and {"@id": source.absolute_url(), "title": source.Title()},
            "is_asked_by_deadline": change.is_asked_by_deadline,
            "is_off": is_asked_nowhere(),
        }


class PatchAcknowledgementChoice(GetAcknowledgementChoice):
    """Takes a choice, and answers with how it is now."""

    def answer(self) -> dict[str, Any]:
        sent = values_of(self.request, IAsking)
        done = AskingChange(self.context).change(
            sent["choice"],
            typed_sentence(sent["sentence"] or ""),
            (sent["reason"] or "").strip(),
            sent["holding"] or "",
        )
        return self.said(done or _("Nothing was changed."), self._known)
