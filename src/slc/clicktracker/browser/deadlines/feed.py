"""``@@my-deadlines.ics``: a member's own deadlines, for a calendar."""

from AccessControl import Unauthorized
from datetime import datetime
from icalendar import Calendar
from icalendar import Event
from plone import api
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadlines import changes_for
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.levels import HOW_TO_ACKNOWLEDGE
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.own_deadlines import own_deadlines
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.sites.calendar_secrets import is_calendar_secret
from slc.clicktracker.sites.own_calendar import FEED
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.times import local_day
from typing import Any
from zExceptions import NotFound
from zope.i18nmessageid import Message


#: Seconds until a calendar may ask again, where the storage is down.
_RETRY = "600"


class DeadlinesFeed(BrowserView):
    """The feed: for who is logged in, or for whose secret is in the address. It names no
    reader, not even this one."""

    def __call__(self) -> bytes | str:
        # It is about one person, so no cache may keep it.
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if "token" in self.request.form:
            member = self._member_of_secret()
            with api.env.adopt_user(user=member):
                return self._feed(Reader(member.getId()))
        user, folder = current_user()
        if not user:
            raise Unauthorized
        return self._feed(Reader(user, folder))

    def _member_of_secret(self) -> Any:
        """Return the member whose address it is. A wrong secret, and a member whom nobody
        knows, are told alike that there is nothing."""
        form = self.request.form
        user, secret = text_from(form.get("member")), text_from(form.get("token"))
        known = is_calendar_secret(user, secret)
        member = api.portal.get()["acl_users"].getUserById(user) if known else None
        if member is None:
            raise NotFound(FEED)
        return member

    def _feed(self, reader: Reader) -> bytes | str:
        response, now = self.request.response, utc_now()
        try:
            found = own_deadlines(reader, now)
        except StorageError as error:
            # Calendars keep what they have then.
            response.setStatus(503)
            response.setHeader("Retry-After", _RETRY)
            response.setHeader("Content-Type", "text/plain; charset=utf-8")
            return api.portal.translate(problem_of(error))
        response.setHeader("Content-Type", "text/calendar; charset=utf-8")
        response.setHeader("X-Content-Type-Options", "nosniff")
        return _calendar(found, now).to_ical()


def _calendar(found: tuple[OwnDocument, ...], now: datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//slc.clicktracker//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _translated(_("Papers to read")))
    site = document_uid(api.portal.get())
    for own in found:
        calendar.add_component(_event(own, site, now))
    return calendar


def _event(own: OwnDocument, site: str, now: datetime) -> Event:
    """Return a deadline as an event: a day where it is until its end, else a moment."""
    deadline, document = own.deadline, own.document
    title = {"title": plain_line(document.item.title)}
    summary = _("To read: ${title}", mapping=title)
    if deadline.asks_to_acknowledge:
        summary = _("To acknowledge: ${title}", mapping=title)
    if own.is_done:
        summary = _("Done: ${title}", mapping=title)
    event = Event()
    event.add("uid", f"{document.uid}@{site}")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("sequence", changes_for(document.content))
    event.add("dtstart", deadline.moment if deadline.time else deadline.day)
    event.add("summary", _translated(summary))
    event.add("description", _description(own))
    event.add("url", view_url(document.brain))
    # Whoever has to read something by then is not busy then.
    event.add("transp", "TRANSPARENT")
    return event


def _description(own: OwnDocument) -> str:
    deadline = own.deadline
    level = _translated(level_of(deadline.level).title)
    by_when = {"deadline": deadline_text(deadline)}
    lines = [
        _("To be read by: ${deadline}", mapping=by_when),
        _("Evidence asked for: ${level}.", mapping={"level": level}),
    ]
    if deadline.asks_to_acknowledge and not own.is_done:
        lines.append(HOW_TO_ACKNOWLEDGE)
    if deadline.meeting:
        meeting = {"meeting": local_day(deadline.meeting)}
        lines.append(_("Meeting: ${meeting}.", mapping=meeting))
    return "\n".join(map(_translated, lines))


def plain_line(text: str) -> str:
    """Return a title in one line, without characters that control something."""
    words = " ".join(text.split())
    return "".join(each for each in words if each.isprintable())


def _translated(message: Message) -> str:
    return api.portal.translate(message)
