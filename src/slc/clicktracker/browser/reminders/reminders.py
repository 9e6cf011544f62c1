"""``@@clicktracker-reminders``: how it is with the reminders of a site, for administrators."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from functools import cache
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.changed_screen import ChangedScreen
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.mails.deliveries import all_deliveries
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.language import Language
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.silence import silence_in_words
from slc.clicktracker.reminders.errands import Errand
from slc.clicktracker.reminders.errands import KINDS
from slc.clicktracker.reminders.errands import OWNER
from slc.clicktracker.reminders.errands import READER
from slc.clicktracker.reminders.errands import user_of
from slc.clicktracker.reminders.letters import Entry
from slc.clicktracker.reminders.letters import Frame
from slc.clicktracker.reminders.letters import owner_letter
from slc.clicktracker.reminders.letters import reader_letter
from slc.clicktracker.reminders.reminded import all_reminded
from slc.clicktracker.reminders.reminder_mail import READING_LIST
from slc.clicktracker.reminders.reminder_mail import site_title
from slc.clicktracker.reminders.run import Report
from slc.clicktracker.reminders.run import run_reminders
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.reminders.words import reminders_in_words
from slc.clicktracker.reports.asked import beginning_of
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import TO_BE_REMINDED
from slc.clicktracker.sites.remind_token import make_remind_token
from slc.clicktracker.sites.remind_token import remind_token
from slc.clicktracker.sites.remind_token import withdraw_remind_token
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.catalogued import content_with
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


#: Mails that are listed; the command says all of them.
_MOST = 100


@dataclass(frozen=True)
class Row:
    """A mail that needs a look: one that was not sent, or may have come twice."""

    name: str
    kind: str
    delivery: Delivery
    is_uncertain: bool

    @property
    def problem(self) -> Message | str:
        delivery = self.delivery
        if delivery.is_in_doubt:
            return _(
                "It is being sent now, or that was interrupted: it may come twice."
            )
        if delivery.error or delivery.silence:
            return delivery.error or silence_in_words(delivery.silence)
        return _("Its sending was interrupted once, so it may have come twice.")


class RemindersView(NamesShown, ChangedScreen):
    """The screen. What is posted to it makes or withdraws the token for programs. Who would
    be reminded now is a list of people who have not read something."""

    index = ViewPageTemplateFile("templates/reminders.pt")
    letter_part = ViewPageTemplateFile("../letter.pt")
    timezone = staticmethod(timezone_name)
    localized = staticmethod(local_time)
    kinds = KINDS

    def __call__(self) -> str:
        names_people = self.request.method != "POST" and self.is_asked
        if names_people and self.asks_reason:
            self.request.response.setHeader("Cache-Control", "private, no-store")
            return self.reason_page()
        page = super().__call__()
        if names_people:
            self._note_opening()
        return page

    def _note_opening(self) -> None:
        missing = (each for each in self.would_be_done.due if each.kind == READER)
        documents = Counter(place for each in missing for place in each.places)
        for (uid, path), names in documents.items():
            note_opening(NamedList(TO_BE_REMINDED, uid, path), names, self.request)

    def change(self) -> Message:
        form = self.request.form
        if "make" in form:
            make_remind_token()
            return _("Give the token below to your program, and to nobody else.")
        if "withdraw" in form and withdraw_remind_token():
            return _("The token doesn't work any more.")
        return _("Nothing was changed.")

    @property
    def settings_url(self) -> str:
        url = f"{self.context.absolute_url()}/@@clicktracker-settings"
        return f"{url}?open=reminders#fieldset-reminders"

    @property
    def remind_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-remind"

    @property
    def token(self) -> str:
        return remind_token()

    @cached_property
    def wishes(self) -> Wishes:
        return Wishes.of_site()

    @property
    def when(self) -> str:
        return reminders_in_words(self.wishes)

    @property
    def is_complete(self) -> bool:
        """Are Plone's mail settings complete?"""
        return Post.of_site() is not None

    @property
    def is_asked(self) -> bool:
        """Does somebody ask what a run would do now?"""
        return "dry" in self.request.form

    @cached_property
    def would_be_done(self) -> Report:
        """What a run would do now."""
        base = self.wishes.address or self.context.absolute_url()
        return run_reminders(base, only_says=True, may_name=self._may_name)

    def _may_name(self, errand: Errand) -> bool:
        """May the viewer see who is missing there?"""
        return errand.kind != READER or all(map(self._sees_readers, errand.places))

    @cached_property
    def _sees_readers(self) -> Callable[[tuple[str, str]], bool]:
        return cache(lambda place: may_see_readers(content_with(place[0])))

    @cached_property
    def rows(self) -> list[Row]:
        uncertain = {
            key: any(each.is_uncertain for each in kept)
            for key, kept in all_reminded().items()
        }
        found = []
        for key, delivery in all_deliveries().items():
            known = user_of(key)
            if known is None:
                continue
            kind, user = known
            is_open = delivery.error or delivery.silence or delivery.is_in_doubt
            if is_open or uncertain.get(key):
                name = name_of(Reader(user))
                found.append(Row(name, kind, delivery, uncertain.get(key, False)))
        return found[:_MOST]

    @property
    def languages(self) -> list[str]:
        available = api.portal.get_registry_record(
            "plone.available_languages", default=None
        )
        return sorted({*(available or ()), self._usual_language})

    @property
    def _usual_language(self) -> str:
        return api.portal.get_default_language()

    @cached_property
    def language(self) -> str:
        asked = text_from(self.request.form.get("language"))
        return asked if asked in self.languages else self._usual_language

    @cached_property
    def kind(self) -> str:
        """Of which kind a preview is asked for, "" for none."""
        asked = text_from(self.request.form.get("preview"))
        return asked if asked in KINDS else ""

    @property
    def preview(self) -> Letter:
        """What a mail says, with documents and people that are made up."""
        wishes, language = self.wishes, Language(self.language)
        is_reader = self.kind == READER
        base = wishes.address or self.context.absolute_url()
        frame = Frame(
            language=language,
            words=wishes.reader_words if is_reader else wishes.owner_words,
            name=language.say(_("Ada Example")),
            site=site_title(),
            more=f"{base}/{READING_LIST if is_reader else ''}",
            now=utc_now(),
        )
        entries = tuple(_made_up(language, base))
        return (
            reader_letter(entries, frame) if is_reader else owner_letter(entries, frame)
        )

    @property
    def owner(self) -> str:
        return OWNER


def _made_up(language: Language, base: str) -> list[Entry]:
    """Return documents that there needn't be: one that is overdue, one that isn't."""
    zone = site_timezone()
    today = utc_now().astimezone(zone).date()
    people = (language.say(_("Ada Example")), language.say(_("Bo Example")))
    return [
        Entry(
            language.say(_("An example of a document")),
            base,
            _until_the_end_of(today - timedelta(days=1)),
            names=people,
            missing=12,
        ),
        Entry(
            language.say(_("Another example")),
            base,
            _until_the_end_of(today + timedelta(days=7)),
            has_changed=True,
            names=people[:1],
            missing=1,
        ),
    ]


def _until_the_end_of(day: date) -> Deadline:
    zone = site_timezone()
    return Deadline(beginning_of(day + timedelta(days=1), zone), day, zone.zone)
