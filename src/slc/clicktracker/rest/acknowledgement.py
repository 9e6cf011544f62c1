"""``@acknowledgement``: what the caller is asked to acknowledge of content, what they have
acknowledged, and the acts themselves."""

from AccessControl import Unauthorized
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.act import Act
from slc.clicktracker.acknowledgements.act import NOT_NOW
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.own import take_back
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.mails.receipt import receipt_sender
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.acknowledged import rows_of
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.amiss import check_reason
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.own_page import OwnPage
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import StorageError
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import Interface
from zope.schema import Text
from zope.schema import TextLine


class IAct(Interface):
    """What is sent with the click."""

    ticket = Text(title="The ticket of the page")
    sentence = Text(title="The sentence on the page")
    password = Text(title="The password", required=False)


class IWithdrawal(Interface):
    """What is sent to take it back."""

    reason = Text(title="Why")
    key = TextLine(title="Which, the latest if nothing is said", required=False)


class GetAcknowledgement(ChangeService):
    """Answers with what is asked (``asked`` is None where nobody is), and all that the
    caller has said or is attested, the latest first: their receipts. About nobody else."""

    def answer(self) -> dict[str, Any]:
        self._refuse_guests()
        return self._known

    def _refuse_guests(self) -> None:
        if not is_logged_in():
            raise Unauthorized

    @cached_property
    def own(self) -> Own:
        return Own(document_of(self.context))

    @property
    def _known(self) -> dict[str, Any]:
        rows = rows_of(self.own.every, NamedVersions(dated=False))
        page = OwnPage(self.context, self.request)
        return {
            "@id": self.url,
            "asked": page.acknowledgement,
            "receipts": [self._receipt(row) for row in rows],
        }

    def _receipt(self, row: AcknowledgementRow) -> dict[str, Any]:
        said = row.said
        return {
            "key": said.key,
            "kind": said.kind,
            "title": self.translated(row.title),
            "is_withdrawn": said.is_withdrawn,
            "stands": row.stands,
            "at": self._moment(said.at),
            "version": row.version and self.translated(row.version),
            "digest": said.version.digest,
            "sentence": said.sentence,
            "language": said.language,
            "asked_again": said.asked_again,
            "way": row.way and self.translated(row.way),
            "why": said.why,
            "by": row.by,
        }

    def _moment(self, moment: Any) -> str:
        return moment.astimezone(self.timezone).isoformat()


class PostAcknowledgement(GetAcknowledgement):
    """Takes ``{"ticket": …, "sentence": …, "password": …}`` as they are on the page, and
    answers with what is recorded, or why nothing is. Where the text has changed,
    ``differences`` say how."""

    def answer(self) -> dict[str, Any]:
        self._refuse_guests()
        sent = values_of(self.request, IAct)
        texts = sent["ticket"], sent["sentence"], sent["password"] or ""
        act = Act(self.request, *texts, document_uid(self.own.content))
        try:
            problem = act.problem()
        except StorageError:
            return self.refused(503, "ServiceUnavailable", NOT_NOW)
        if problem:
            return self._refused(act, problem)
        if not act.record(receipt_sender(act.content)):
            done = _("You had acknowledged this before. Nothing was recorded again.")
            return self.said(done, self._known)
        self.request.response.setStatus(201)
        done = _("Your acknowledgement was recorded.")
        # It is with the end of the request.
        return {"@id": self.url, "message": self.translated(done)}

    def _refused(self, act: Act, problem: Message) -> dict[str, Any]:
        if act.password_error:
            return self.not_understood({"password": act.password_error})
        said = self.refused(409, "Conflict", problem)
        if act.differences:
            said["differences"] = [
                {
                    "title": each.title,
                    "html": "".join(part.html for part in each.parts),
                    "parts": [
                        {"html": part.html, "unchanged": part.unchanged}
                        for part in each.parts
                    ],
                }
                for each in act.differences
            ]
        return said


class DeleteAcknowledgement(GetAcknowledgement):
    """Takes ``{"reason": …, "key": …}``, and takes back what the caller has said with this
    key, and still stands: without one, the latest."""

    def answer(self) -> dict[str, Any]:
        self._refuse_guests()
        sent = values_of(self.request, IWithdrawal)
        reason = sent["reason"].strip()
        errors: dict[str, Message] = {}
        check_reason(errors, reason, _("Say why you take it back."))
        if errors:
            raise Amiss(errors)
        said = max(self.own.said_and_stands, key=lambda each: each.at, default=None)
        key = sent["key"] or (said.key if said else "")
        if not take_back(self.own, key, reason):
            return self.refused(409, "Conflict", _("Nothing was changed."))
        done = _("Your acknowledgement was withdrawn. It stays in the list below.")
        return {"@id": self.url, "message": self.translated(done)}
