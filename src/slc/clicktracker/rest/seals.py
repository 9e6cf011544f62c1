"""``@as-of``: who had read content at a moment. ``@snapshots`` and ``@seals``: what says so,
to take one and to seal a report."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.asked_moment import AskedMoment
from slc.clicktracker.reports.head import NO_EVIDENCE
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.sealing import made_seal
from slc.clicktracker.reports.then import EMPTINESS
from slc.clicktracker.reports.then import NOT_KNOWN
from slc.clicktracker.reports.then import person_rows
from slc.clicktracker.reports.then import PersonRow
from slc.clicktracker.reports.then import shown_name
from slc.clicktracker.reports.then import source_of
from slc.clicktracker.reports.then import summary_of
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.screens.as_of import as_of_screen
from slc.clicktracker.rest.screens.as_of import person_said
from slc.clicktracker.rest.screens.as_of import seal_links
from slc.clicktracker.rest.screens.as_of import seal_said
from slc.clicktracker.rest.screens.as_of import seal_title
from slc.clicktracker.rest.screens.as_of import seals_screen
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.rest.sent import NotUnderstood
from slc.clicktracker.rest.sent import sent_to
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.chain import seal_with
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.seals.keys import used_keys
from slc.clicktracker.seals.sealing import seal_file
from slc.clicktracker.sites.openings import AS_OF
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.openings import SEAL
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.as_of import as_of
from slc.clicktracker.snapshots.as_of import AsOf
from slc.clicktracker.snapshots.snapshots import snapshots_of
from slc.clicktracker.snapshots.state import NotKnown
from slc.clicktracker.snapshots.taking import take_snapshot
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import utc_now
from typing import Any
from zExceptions import NotFound
from zope.interface import Interface
from zope.schema import TextLine


#: Digits of the largest number that there can be.
_LONGEST = 18


class IMoment(Interface):
    """What is sent to seal a report: as in the form."""

    moment = TextLine(title="A moment that can be chosen", required=False)
    day = TextLine(title="A day", required=False)
    time = TextLine(title="A time on that day", required=False)


class ThenService(ListService, ChangeService):
    """What these have in common: for those who may see readers."""

    def reply(self) -> Any:
        try:
            return super().reply()
        except NotKnown:
            return self.refused(404, "NotFound", NOT_KNOWN)

    def found(self, asked: dict[str, Any]) -> AsOf | None:
        """Return what can be said of the moment that is asked for. Raises
        ``NotUnderstood``."""
        deadline = deadline_of(self.context)
        moment = AskedMoment.of(asked, deadline, utc_now(), self.timezone)
        if moment.problem:
            is_typed = asked.get("day") or asked.get("time")
            wrong = "day" if is_typed else "moment"
            raise NotUnderstood({wrong: moment.problem})
        return as_of(self.context, moment.moment)

    def note(self, what: str, names: int) -> None:
        path = "/".join(self.context.getPhysicalPath())
        uid = document_uid(self.context)
        note_opening(NamedList(what, uid, path, as_file=REST), names, self.request)

    @property
    def manages_tracking(self) -> bool:
        return api.user.has_permission(MANAGE_TRACKING, obj=self.context)

    def refuse_change(self) -> dict[str, Any]:
        return self.refused(403, "Forbidden", _("Nothing was changed."))


class GetAsOf(ThenService):
    """Answers with who had read content at a moment: parameters are those of the screen,
    ``moment`` as it is in ``@snapshots``, or ``day`` and ``time``."""

    def answer(self) -> dict[str, Any]:
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        screen = self.screen(as_of_screen)
        try:
            found = self.found(self.request.form)
        except NotKnown:
            # The screen says so.
            if not screen:
                raise
            found = None
        if found is None:
            return screen or self.refused(404, "NothingKnown", EMPTINESS)
        rows = list(person_rows(found))
        start = self.start_of(len(rows))
        self.note(AS_OF, len(rows))
        return {
            **self.page(len(rows), start),
            **screen,
            "moment": self.value(found.moment),
            "source": self.translated(source_of(found)),
            "summary": self.translated(summary_of(found)),
            "no_evidence": self.translated(NO_EVIDENCE),
            "knows_expected": found.knows_expected,
            "items": [self._told(row) for row in rows[start : start + self.size]],
        }

    def _told(self, row: PersonRow) -> dict[str, Any]:
        reading = row.reading
        return {
            "name": row.name,
            "is_expected": row.is_expected,
            "level": row.level and row.level.name,
            "level_title": row.level and self.translated(row.level.title),
            "is_current": reading and reading.is_current,
            "acknowledged": reading and self.value(reading.acknowledged),
            "attested": reading and self.value(reading.attested),
            "last": reading and self.value(reading.last),
            **told(person_said(row), self.words),
        }


class GetSnapshots(ThenService):
    """Answers with the snapshots that there are, the latest first."""

    def answer(self) -> dict[str, Any]:
        kept = snapshots_of(document_uid(self.context))
        start = self.start_of(len(kept))
        return {
            **self.page(len(kept), start),
            "items": [
                {
                    "moment": str(microseconds(each.moment)),
                    "at": self.value(each.moment),
                    "taken": self.value(each.taken),
                    "why": each.why,
                }
                for each in kept[start : start + self.size]
            ],
        }


class PostSnapshot(GetSnapshots):
    """Takes a snapshot of now. For those who manage tracking."""

    def answer(self) -> dict[str, Any]:
        if not self.manages_tracking:
            return self.refuse_change()
        sent_to(self.request, ())
        take_snapshot(self.context)
        self.request.response.setStatus(201)
        return {"@id": self.url, "message": self.translated(_("A snapshot was taken."))}


class GetSeals(Below, ThenService):
    """Answers with the seals that there are, the latest first; with the number of one
    behind the name of the service, with that one as a file."""

    def answer(self) -> dict[str, Any]:
        if self.path:
            return self._file(self._asked)
        found = self.seals
        start = self.start_of(len(found))
        return {
            **self.page(len(found), start),
            **self.screen(seals_screen),
            "keys": [each.text for each in used_keys()],
            "items": [self.told(each) for each in found[start : start + self.size]],
        }

    #: How the views of Plone begin that have the files.
    files = "clicktracker-seal"

    @property
    def seals(self) -> list[Seal]:
        return seals_of(document_uid(self.context))

    def seal_with(self, number: int) -> Seal | None:
        # Whoever may see readers here may not see those of something else.
        seal = seal_with(number)
        return seal if seal and seal.uid == document_uid(self.context) else None

    @property
    def _asked(self) -> Seal:
        (number, *more) = self.path
        is_number = number.isascii() and number.isdigit() and len(number) < _LONGEST
        seal = self.seal_with(int(number)) if is_number and not more else None
        if seal is None:
            raise NotFound(number)
        return seal

    def _file(self, seal: Seal) -> dict[str, Any]:
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        self.note_file(seal)
        return seal_file(seal)

    def note_file(self, seal: Seal) -> None:
        self.note(SEAL, 0)

    def told(self, seal: Seal) -> dict[str, Any]:
        return {
            "@id": f"{self.url}/{seal.number}",
            "number": seal.number,
            "as_of": self.value(seal.as_of),
            "made": self.value(seal.made),
            "made_by": shown_name(seal.by),
            "hash": seal.hash,
            "previous": seal.previous,
            "key": seal.key,
            "stamped": self.value(seal.stamped),
            "called": self.translated(seal_title(seal)),
            "said": told(list(seal_said(seal)), self.words),
            "links": told(seal_links(self.context, self.files, seal), self.words),
        }


class PostSeal(GetSeals):
    """Seals what can be said of a moment, and answers with the seal. For those who manage
    tracking."""

    def answer(self) -> dict[str, Any]:
        if not self.manages_tracking:
            return self.refuse_change()
        self.end_here()
        found = self.found(values_of(self.request, IMoment))
        if found is None:
            return self.refused(404, "NothingKnown", EMPTINESS)
        seal, done = made_seal(self.context, found)
        if seal is None:
            return self.refused(503, "ServiceUnavailable", done)
        self.request.response.setStatus(201)
        return self.said(done, self.told(seal))
