"""``OwnPage``: what a page of content says to whoever it is shown to, for other frontends."""

from functools import cached_property
from plone import api
from slc.clicktracker.acknowledgements.asked import acknowledgement_setting
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.proof import page_proof
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.doors.notice import notice_of
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.doors.tracker_data import tracker_data
from slc.clicktracker.doors.visit_ticket import is_visit
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.own_documents import own_document
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.sites.public_name import CALLBACK
from slc.clicktracker.sites.public_name import door
from slc.clicktracker.sites.public_name import TICKET
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.choice import Tracking
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.tracked import tracked_at
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.times import viewer_timezone
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


class OwnPage:
    """About content and the current user, as JSON. The rules are those of the viewlets."""

    def __init__(self, content: Any, request: IBrowserRequest) -> None:
        self.content = document_of(content)
        self.request = request

    @property
    def as_shown(self) -> dict[str, Any]:
        """What the page has to know that shows the content with this request: with tickets,
        and noted as served."""
        known = self.as_known
        known["tracker"] = self._tracker
        asked = known["acknowledgement"]
        if asked is not None and asked["acknowledged"] is None:
            asked["ticket"] = page_proof(self.content, self.request)
        return known

    @property
    def as_known(self) -> dict[str, Any]:
        """The same without tickets: nothing is noted."""
        known: dict[str, Any] = {
            "tracked": self._tracking.tracked,
            "source": self._source,
            "notice": list(map(self._text, notice_of(self.content, self.request))),
            "expected": None,
            "reading": None,
            "deadline": None,
            "acknowledgement": None,
            "problem": None,
            "tracker": None,
        }
        if self._tracking.tracked and is_logged_in():
            try:
                known |= self._own()
            except PROBLEMS as error:
                known["problem"] = self._text(problem_of(error))
        return known

    @cached_property
    def _tracking(self) -> Tracking:
        return (
            tracking_of(self.content) if self.content is not None else Tracking(False)
        )

    @property
    def _source(self) -> dict[str, str] | None:
        source = if_visible(self._tracking.source)
        return source and {"@id": source.absolute_url(), "title": source.Title()}

    def _own(self) -> dict[str, Any]:
        """Return what is known of a member. Raises ``PROBLEMS``."""
        path = "/".join(self.content.getPhysicalPath())
        for document in tracked_at([path], "View"):
            own, is_expected = own_document(document, Reader(*current_user()))
            return {
                "expected": is_expected,
                "reading": self._reading(own, is_expected),
                "deadline": own.deadline and self._deadline(own.deadline, own),
                "acknowledgement": self.acknowledgement,
            }
        return {}

    def _reading(self, own: OwnDocument, is_expected: bool) -> dict[str, Any] | None:
        reading = own.known or own.older
        if reading is None:
            return None
        level = level_of(reading.level)
        return {
            "level": level.name,
            "title": self._text(level.title),
            "version": "current" if own.known else "older",
            "last": self._moment(reading.last),
            "is_enough": own.is_done if is_expected else None,
        }

    def _deadline(self, deadline: Deadline, own: OwnDocument) -> dict[str, Any]:
        level = level_of(deadline.level)
        return {
            "moment": self._moment(deadline.moment),
            "text": deadline_text(deadline),
            "meeting": deadline.meeting and deadline.meeting.isoformat(),
            "level": level.name,
            "title": self._text(level.title),
            "is_over": deadline.has_passed(utc_now()),
        }

    @property
    def acknowledgement(self) -> dict[str, Any] | None:
        """What the user is asked to acknowledge, None where they aren't. Raises
        ``StorageError``."""
        own = Own(self.content)
        sentence = own.sentence
        if sentence is None:
            return None
        said = own.that_counts
        earlier = max(own.standing, key=lambda each: each.at, default=None)
        return {
            "sentence": sentence.text,
            "language": sentence.language,
            "asks_password": bool(acknowledgement_setting("ask_password")),
            "acknowledged": said and self._said(said),
            "older": None if said or earlier is None else self._said(earlier),
            "ticket": None,
        }

    def _said(self, said: Acknowledgement) -> dict[str, Any]:
        return {
            "at": self._moment(said.at),
            "version": said.version.label,
            "is_attested": said.kind == ATTESTED,
        }

    @property
    def _tracker(self) -> dict[str, Any] | None:
        """What the script of the page has to know, None where it reports nothing."""
        if self.content is None:
            return None
        visits = is_visit(self.request, path_in_site(self.content))
        data = tracker_data(self.content, self.request, visits)
        if data is None:
            return None
        site, page = api.portal.get().absolute_url(), self.content.absolute_url()
        return {
            # Caches share what guests get.
            "ticket": data.ticket if is_logged_in() else None,
            "version": data.version,
            "visits": visits,
            "callback": f"{site}/{door(CALLBACK)}",
            "renewal": f"{page}/{door(TICKET)}",
        }

    def _moment(self, moment: Any) -> str:
        return moment.astimezone(viewer_timezone()).isoformat()

    def _text(self, message: Any) -> str:
        return api.portal.translate(message)
