"""``@attestations``: who vouches for readers of content; to vouch for some, and to take it
back."""

from AccessControl import Unauthorized
from collections.abc import Sequence
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.recording import can_acknowledge
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.acknowledged import rows_of
from slc.clicktracker.reports.acknowledged import WAYS
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.attesting import Attested
from slc.clicktracker.reports.attesting import Attesting
from slc.clicktracker.reports.attesting import value_of
from slc.clicktracker.reports.audience_choice import found_in
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.screens.attesting import attesting_screen
from slc.clicktracker.rest.screens.attesting import said_of
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.names import name_of
from typing import Any
from zope.interface import Interface
from zope.schema import TextLine
from zope.schema import Tuple

import secrets


class IAttestation(Interface):
    """What is sent to vouch for readers."""

    readers = Tuple(title="For whom", value_type=TextLine(), default=())
    way = TextLine(title="How it is known", required=False)
    reason = TextLine(title="Why", required=False)
    version = TextLine(title="The version that they have seen", required=False)
    once = TextLine(title="The same, if it is sent again", required=False)


class IWithdrawal(Interface):
    """What is sent to take some back."""

    keys = Tuple(title="Which", value_type=TextLine(), default=())
    reason = TextLine(title="Why", required=False)


class GetAttestations(ListService, ChangeService):
    """Answers with a page of what was attested and stands; with ``list=open``, of those for
    whom somebody could vouch. ``lists`` says how many there are of both. For those who manage
    tracking and may see readers."""

    choices = {"list": ("attested", "open")}

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        if not can_acknowledge():
            return self._incapable
        attested, found = self.attesting.attested, self.attesting.open
        path = "/".join(self.context.getPhysicalPath())
        listed = NamedList(AUDIENCE, document_uid(self.context), path, as_file=REST)
        note_opening(listed, len(attested) + len(found), self.request)
        is_of_open = self.request.form.get("list") == "open"
        if is_of_open:
            asked = text_from(self.request.form.get("reader"))
            found = tuple(found_in(found, storable(asked, LIMITS["name"]).strip()))
        return {
            **(self._open(found) if is_of_open else self._attested(attested)),
            "list": "open" if is_of_open else "attested",
            "lists": {"attested": len(attested), "open": len(self.attesting.open)},
            "version": self.attesting.shown_version,
            **self.screen(attesting_screen),
            "ways": [
                {"name": name, "title": self.translated(title)}
                for name, title in WAYS.items()
            ],
        }

    def _attested(self, attested: Sequence[Acknowledgement]) -> dict[str, Any]:
        """Return a page of them, by the names of the readers."""
        start = self.start_of(len(attested))
        by_name = sorted(attested, key=lambda said: folded(said.reader.name))
        page = reversed(by_name[start : start + self.size])
        rows = rows_of(page, NamedVersions(dated=True))
        items = [self._told(row) for row in rows]
        return {**self.page(len(attested), start), "items": items}

    def _open(self, found: Sequence[Reader]) -> dict[str, Any]:
        start = self.start_of(len(found))
        items = [
            {"reader": value_of(each), "user": each.user, "name": name_of(each)}
            for each in found[start : start + self.size]
        ]
        return {**self.page(len(found), start), "items": items}

    def _refuse_others(self) -> None:
        if not may_see_readers(self.context):
            raise Unauthorized

    @property
    def _incapable(self) -> dict[str, Any]:
        problem = _("The storage of this site keeps no acknowledgements.")
        return self.refused(404, "NotFound", problem)

    @cached_property
    def attesting(self) -> Attesting:
        return Attesting(self.context)

    def _told(self, row: AcknowledgementRow) -> dict[str, Any]:
        said = row.said
        return {
            "key": said.key,
            "user": said.reader.user,
            "name": name_of(said.reader),
            "way": row.way and self.translated(row.way),
            "reason": said.why,
            "by": row.by,
            "at": said.at.astimezone(self.timezone).isoformat(),
            "version": row.version and self.translated(row.version),
            "said": told(list(said_of(row)), self.words),
        }


class PostAttestations(GetAttestations):
    """Takes ``{"readers": […], "way": …, "reason": …, "version": …}``: ``readers`` as they
    are listed with ``list=open``, or user ids of members of the site."""

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        sent = values_of(self.request, IAttestation)
        if not can_acknowledge():
            return self._incapable
        readers = {each if "/" in each else f"{each}/" for each in sent["readers"]}
        texts = (sent[name] or "" for name in ("way", "reason", "version"))
        way, reason, version = texts
        once = sent["once"] or secrets.token_urlsafe(12)
        said = Attested(readers, way, reason.strip(), version, once)
        left_out = self.attesting.left_out(readers)
        done = self.attesting.attest(said)
        self.request.response.setStatus(201)
        known = {"@id": self.url, "left_out": left_out}
        return self.said(done, known)


class DeleteAttestations(GetAttestations):
    """Takes ``{"keys": […], "reason": …}``."""

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        sent = values_of(self.request, IWithdrawal)
        if not can_acknowledge():
            return self._incapable
        reason = (sent["reason"] or "").strip()
        done = self.attesting.withdraw(set(sent["keys"]), reason)
        return {"@id": self.url, "message": self.translated(done)}
