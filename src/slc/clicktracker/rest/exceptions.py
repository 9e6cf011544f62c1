"""``@exceptions``: who is excused from reading content, and why; to excuse, change, end."""

from AccessControl import Unauthorized
from slc.clicktracker import _
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import exceptions_for
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.amiss import check_reason
from slc.clicktracker.reports.asked_exception import AskedException
from slc.clicktracker.reports.asked_exception import held_exception
from slc.clicktracker.reports.asked_exception import key_of
from slc.clicktracker.reports.asked_exception import last_day
from slc.clicktracker.reports.asked_exception import NO_MEMBER
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.exceptions import exceptions_screen
from slc.clicktracker.rest.screens.exceptions import said_of
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.names import name_of
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message
from zope.interface import Interface
from zope.schema import TextLine


class IException(Interface):
    """What is sent: as in the fields of the form."""

    user = TextLine(title="User id")
    reason = TextLine(title="Why", required=False)
    until = TextLine(title="Last day", required=False)


class IChange(Interface):
    """What is sent to change one: all of it."""

    reason = TextLine(title="Why", required=False)
    until = TextLine(title="Last day", required=False)


class GetExceptions(Below, ChangeService):
    """Answers with those that hold for content, also from folders above, and with
    ``earlier``, what was recorded here and has ended. For those who may see readers."""

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        self.end_here()
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        holding = sorted(
            exceptions_for(self.context),
            key=lambda each: folded(name_of(each[0].reader)),
        )
        ended = [each for each in exceptions_at(self.context) if not each.holds]
        path = "/".join(self.context.getPhysicalPath())
        listed = NamedList(AUDIENCE, document_uid(self.context), path, as_file=REST)
        note_opening(listed, len(holding), self.request)
        return {
            "@id": self.url,
            **self.screen(exceptions_screen),
            "items": [self._told(each, item) for each, item in holding],
            "earlier": [self._told(each, self.context) for each in reversed(ended)],
        }

    def _refuse_others(self) -> None:
        if not may_see_readers(self.context):
            raise Unauthorized

    def _told(self, exception: AudienceException, item: Any) -> dict[str, Any]:
        here = document_uid(item) == document_uid(self.context)
        can_change = here and exception.holds
        ended_by, reader = exception.ended_by, exception.reader
        said = list(said_of(exception, None if here else if_visible(item)))
        return {
            "@id": f"{self.url}/{key_of(exception)}" if can_change else None,
            "user": reader.user,
            "user_folder": reader.folder or None,
            "name": name_of(reader),
            "reason": exception.reason,
            "until": exception.until and exception.until.isoformat(),
            "by": name_of(exception.by),
            "since": self._moment(exception.since),
            "ended_by": ended_by and name_of(ended_by),
            "ended": exception.ended and self._moment(exception.ended),
            "is_here": here,
            "change": self._change(exception) if can_change else None,
            "said": told(said, self.words),
        }

    def _change(self, exception: AudienceException) -> str | None:
        """Return where it can be changed: that of a member of the site."""
        if exception.reader.folder:
            return None
        query = urlencode({"exception": key_of(exception)})
        return f"{address(self.context, 'clicktracker-excuse')}?{query}"

    def _asked(self, user: str, sent: dict[str, Any]) -> AskedException:
        """Return what was asked for, if it is right. Raises ``Amiss``."""
        reason, until = sent["reason"] or "", last_day(sent["until"] or "")
        asked = AskedException(user, reason, until)
        errors: dict[str, Message] = {}
        if not asked.is_member:
            errors["user"] = NO_MEMBER if user else _("Choose a person.")
        check_reason(errors, reason, _("Say why."))
        if until.problem:
            errors["until"] = until.problem
        if errors:
            raise Amiss(errors)
        return asked

    def _held(self) -> AudienceException | None:
        """Return the one behind the name of the service."""
        return held_exception(self.context, self.path[0] if len(self.path) == 1 else "")

    def _told_outcome(self, is_changed: bool, said: Message) -> dict[str, Any]:
        if not is_changed:
            return self.refused(409, "Conflict", said)
        return {"@id": self.url, "message": self.translated(said)}

    def _moment(self, moment: Any) -> str:
        return moment.astimezone(self.timezone).isoformat()


class PostException(GetExceptions):
    """Takes ``{"user": …, "reason": …, "until": …}``, and excuses a member of the site."""

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        self.end_here()
        sent = values_of(self.request, IException)
        outcome = self._asked(sent["user"], sent).add(self.context)
        if outcome[0]:
            self.request.response.setStatus(201)
        return self._told_outcome(*outcome)


class PatchException(GetExceptions):
    """Takes ``{"reason": …, "until": …}`` for the one that stands behind it."""

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        sent, before = values_of(self.request, IChange), self._held()
        if before is None:
            return self.refused(404, "NotFound", _("Nothing was changed."))
        asked = self._asked(before.reader.user, sent)
        return self._told_outcome(*asked.change(self.context, before))


class DeleteException(GetExceptions):
    """Ends the one that stands behind it: it stays among the earlier ones."""

    def answer(self) -> Any:
        self._refuse_others()
        held = self._held()
        if held is None or not end_exception(self.context, held.reader):
            return self.refused(404, "NotFound", _("Nothing was changed."))
        done = _(
            "${name} is no longer excused here. The exception stays in the list of "
            "earlier exceptions.",
            mapping={"name": name_of(held.reader)},
        )
        return {"@id": self.url, "message": self.translated(done)}
