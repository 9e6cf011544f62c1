"""``@@clicktracker-attest``: vouching for readers of content."""

from AccessControl import Unauthorized
from collections.abc import Callable
from functools import cached_property
from plone.base.batch import Batch
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.recording import can_acknowledge
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reports.acknowledged import rows_of
from slc.clicktracker.reports.acknowledged import WAYS
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.attesting import Attested
from slc.clicktracker.reports.attesting import Attesting
from slc.clicktracker.reports.attesting import value_of
from slc.clicktracker.reports.audience_choice import found_in
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.sentences import attesting as sentences
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message

import secrets


#: People on a page of the form: a board is on one, and nobody ticks thousands.
PAGE_SIZE = 100


class AttestView(NamesShown, AboutContent):
    """The screen, for those who manage tracking and may see readers: what they say decides
    who is missing, as an exception does, and it is about people by name."""

    index = ViewPageTemplateFile("templates/attest.pt")
    says = sentences
    localized = staticmethod(local_time)
    timezone = staticmethod(timezone_name)
    name_of = staticmethod(name_of)
    longest_reason = LONGEST_REASON

    #: What a form sends of several people.
    several = ("readers", "keys")
    ways = tuple(WAYS.items())

    #: What can't be said or done now, and what is wrong with the forms as they were sent.
    problem: Message | None = None
    status: Message | None = None
    errors: dict[str, Message]

    #: Those for whom somebody could vouch.
    open: tuple[Reader, ...]

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        if not may_see_readers(self.context):
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        self.errors = {}
        is_sent = self.request.method == "POST"
        if is_sent:
            CheckAuthenticator(self.request)
        elif self.asks_reason:
            return self.reason_page()
        try:
            done = self._done(is_sent)
        except PROBLEMS as error:
            if isinstance(error, StorageError):
                self.request.response.setStatus(503, lock=True)
            self.problem = problem_of(error)
            return self.index()
        if done is not None:
            return say_what_was_done(self.request, done, self.url)
        if not self.problem:
            if self.asks_reason:
                return self.reason_page()
            # Also where a form is amiss: the names are on the page again.
            names = len(self.open) + len(self.vouching.attested)
            filters = {"reader": self.search} if self.search else {}
            self.note_names(AUDIENCE, names, filters)
        return self.index()

    def _done(self, is_sent: bool) -> Message | None:
        """Do what a form says, if it ``is_sent``. Return what was done, None if nothing."""
        if not can_acknowledge():
            self.problem = _("The storage of this site keeps no acknowledgements.")
            return None
        self.open = self.vouching.open
        if not is_sent:
            return None
        return self._withdraw() if "withdraw" in self.request.form else self._attest()

    def _attest(self) -> Message | None:
        chosen = set(self.request.form.get("readers", ()))
        return self._try(
            self.vouching.attest,
            Attested(
                chosen, self.way, self.reason, self._sent("version"), self._sent("once")
            ),
        )

    def _withdraw(self) -> Message | None:
        reason = self._sent("withdraw_reason").strip()
        return self._try(self.vouching.withdraw, self._keys, reason, "withdraw_reason")

    def _try(self, do: Callable[..., Message], *arguments: Any) -> Message | None:
        """Return what was done, None where something is amiss."""
        try:
            return do(*arguments)
        except Amiss as error:
            self.errors, self.status = dict(error.errors), error.status
            return None

    @cached_property
    def vouching(self) -> Attesting:
        return Attesting(self.context)

    @property
    def version(self) -> str:
        return self.vouching.shown_version

    @property
    def once(self) -> str:
        """What tells this form from others, when it is sent twice."""
        return self._sent("once") or secrets.token_urlsafe(12)

    @cached_property
    def search(self) -> str:
        return storable(self._sent("reader"), LIMITS["name"]).strip()

    @cached_property
    def batch(self) -> Batch:
        """A page of those for whom somebody could vouch."""
        found = found_in(self.open, self.search)
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        return Batch(found, PAGE_SIZE, min(start, last_start(len(found), PAGE_SIZE)))

    @property
    def has_many(self) -> bool:
        """Are there more than somebody sees at a look, or is something searched?"""
        return bool(self.search) or len(self.open) > PAGE_SIZE

    @cached_property
    def chosen(self) -> tuple[Reader, ...]:
        """Those who were ticked, and for whom somebody can vouch."""
        ticked = set(self.request.form.get("readers", ()))
        return tuple(each for each in self.open if self.value(each) in ticked)

    def value(self, reader: Reader) -> str:
        return value_of(reader)

    @property
    def attested(self) -> list[Any]:
        """The rows of those for whom somebody vouches, by name."""
        rows = rows_of(self.vouching.attested, NamedVersions(dated=True))
        return sorted(rows, key=lambda row: folded(row.said.reader.name))

    def is_ticked(self, said: Acknowledgement) -> bool:
        return said.key in self._keys

    @property
    def _keys(self) -> set[str]:
        return set(self.request.form.get("keys", ()))

    @property
    def way(self) -> str:
        return self._sent("way")

    @property
    def reason(self) -> str:
        return self._sent("reason").strip()

    @property
    def withdraw_reason(self) -> str:
        return self._sent("withdraw_reason").strip()

    def _sent(self, name: str) -> str:
        return text_from(self.request.form.get(name))

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-attest"
