"""``@@clicktracker-audience``: who is expected to read content, and who is excused."""

from AccessControl import Unauthorized
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import exceptions_for
from slc.clicktracker.audience.rules import applied_rule
from slc.clicktracker.audience.rules import AppliedRule
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.changed_screen import ChangedScreen
from slc.clicktracker.browser.linked import link_to
from slc.clicktracker.browser.linked import linked
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.permissions import ROLE
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.asked_exception import key_of
from slc.clicktracker.reports.audience_choice import found_in
from slc.clicktracker.reports.few import Told
from slc.clicktracker.reports.few import told
from slc.clicktracker.reports.sentences import audience as sentences
from slc.clicktracker.reports.sentences.about import SET
from slc.clicktracker.sites.evidence import editors_count
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.sites.privacy import smallest_group
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class ExceptionRow:
    """One exception on the screen; ``item`` is where it was recorded, if it shows.

    ``can_end`` tells that it was recorded here, and still holds.
    """

    exception: AudienceException
    name: str
    by: str
    ended_by: str
    item: Any
    can_end: bool


class AudienceView(AboutContent, NamesShown, ChangedScreen):
    """The screen. Names are on it for those who may see readers."""

    index = ViewPageTemplateFile("templates/audience.pt")
    exceptions_table = ViewPageTemplateFile("templates/exceptions.pt")
    timezone = staticmethod(timezone_name)
    says = sentences
    notices = sentences.NOTICES

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        is_shown = self.request.method != "POST" and self.may_see_readers
        if is_shown and self.asks_reason:
            self.request.response.setHeader("Cache-Control", "private, no-store")
            return self.reason_page()
        page = super().__call__()
        if is_shown:
            names = len(self.audience.members) + len(self.excused)
            asked = {"reader": self.search} if self.search else {}
            self.note_names(AUDIENCE, names, asked)
        return page

    def change(self) -> Message:
        if not self.may_see_readers:
            raise Unauthorized
        form = self.request.form
        reader = Reader(text_from(form.get("user")), text_from(form.get("folder")))
        if not end_exception(self.context, reader):
            return _("Nothing was changed.")
        return _(
            "${name} is no longer excused here. The exception stays in the list of "
            "earlier exceptions.",
            mapping={"name": name_of(reader)},
        )

    @cached_property
    def may_see_readers(self) -> bool:
        return may_see_readers(self.context)

    @cached_property
    def audience(self) -> Audience:
        return audience_of(self.context)

    @property
    def problems(self) -> list[Message]:
        """What is not as it should be, with ids only for those who may see readers."""
        problems = self.audience.problems
        if self.may_see_readers:
            return list(problems)
        unnamed = [each for each in problems if "user" not in (each.mapping or {})]
        gone = len(problems) - len(unnamed)
        if gone:
            message = _(
                "Named people who are no longer members: ${count}.",
                mapping={"count": gone},
            )
            unnamed.append(message)
        return unnamed

    @property
    def how_many(self) -> Message:
        return how_many(self.audience)

    @property
    def excused_without_names(self) -> Told:
        """How many are excused, for those who may not see who."""
        return told(len(self.audience.excused), smallest_group())

    @property
    def editors_count(self) -> bool:
        return editors_count()

    @cached_property
    def applied(self) -> AppliedRule:
        return applied_rule(self.context)

    @property
    def is_chosen_here(self) -> bool:
        source = self.applied.source
        return source is not None and self._is_here(source)

    @property
    def visible_source(self) -> Any:
        return if_visible(self.applied.source)

    @property
    def where_set(self) -> str:
        """For what it holds, as HTML."""
        source = self.visible_source
        return self.where(SET, self.is_chosen_here, source, self.notices.view)

    @property
    def named(self) -> list[str]:
        """What the rule names, in words: people by name for those who may see it."""
        rule = self.applied.rule
        groups = [
            _("group ${name}", mapping={"name": title_of_group(group)})
            for group in rule.groups
        ]
        roles = [
            _("role ${name}", mapping={"name": title_of_role(role)})
            for role in rule.roles
        ]
        users = [name_of(reader) for reader in rule.users]
        if users and not self.may_see_readers:
            users = [_("${count} people", mapping={"count": len(users)})]
        return [api.portal.translate(each) for each in (*groups, *roles, *users)]

    @cached_property
    def search(self) -> str:
        text = text_from(self.request.form.get("reader"))
        return storable(text, LIMITS["name"]).strip()

    @cached_property
    def batch(self) -> Batch:
        """A page of those who are expected and whose name or id has what is searched."""
        found = found_in(self.audience.members, self.search)
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        last_page = max(len(found) - 1, 0) // PAGE_SIZE * PAGE_SIZE
        return Batch(found, PAGE_SIZE, min(start, last_page))

    def excused_for(self, folder: Any) -> str:
        """Return for which folder somebody is excused, as HTML."""
        to = link_to(folder, "@@clicktracker-audience")
        return linked(sentences.EXCUSED_FOR, folder=to)

    def excuse_url(self, reader: Reader) -> str | None:
        """Return where a person can be excused; only members of the site can be."""
        if reader.folder:
            return None
        query = urlencode({"person": reader.user})
        return f"{self.context.absolute_url()}/@@clicktracker-excuse?{query}"

    def change_url(self, exception: AudienceException) -> str | None:
        """Return where the last day of an exception can be changed; only those of members
        of the site can be."""
        if exception.reader.folder:
            return None
        query = urlencode(
            {"person": exception.reader.user, "exception": key_of(exception)}
        )
        return f"{self.context.absolute_url()}/@@clicktracker-excuse?{query}"

    @cached_property
    def excused(self) -> list[ExceptionRow]:
        """What holds here, also for persons who would not be expected anyway."""
        rows = [self._row(each, item) for each, item in exceptions_for(self.context)]
        return sorted(rows, key=lambda row: folded(row.name))

    @cached_property
    def earlier(self) -> list[ExceptionRow]:
        """What was recorded here and has ended or is over, the latest first."""
        recorded = exceptions_at(self.context)
        ended = [each for each in recorded if not each.holds]
        return [self._row(each, self.context) for each in reversed(ended)]

    def _row(self, exception: AudienceException, item: Any) -> ExceptionRow:
        here = self._is_here(item)
        return ExceptionRow(
            exception=exception,
            name=name_of(exception.reader),
            by=name_of(exception.by),
            ended_by=name_of(exception.ended_by) if exception.ended_by else "",
            item=None if here else if_visible(item),
            can_end=here and exception.holds,
        )

    def _is_here(self, item: Any) -> bool:
        return document_uid(item) == document_uid(self.context)

    def day(self, day: date) -> str:
        return local_day(day)

    def localized(self, moment: datetime) -> str:
        return local_time(moment)


def refuse_what_is_hidden(content: Any) -> None:
    """Who may not see content himself may not see or say who has to read it."""
    if not api.user.has_permission("View", obj=content):
        raise Unauthorized


def how_many(audience: Audience) -> Message:
    """Say how many people are expected, without a name."""
    count = len(audience.members)
    if not audience.complete:
        return _(
            "At least ${count} people are expected to read this.",
            mapping={"count": localized_number(count)},
        )
    if not count:
        return _("Nobody is expected to read this.")
    if count == 1:
        return _("One person is expected to read this.")
    return _(
        "${count} people are expected to read this.",
        mapping={"count": localized_number(count)},
    )


def title_of_group(group: str) -> str:
    """Return the title of a group, its id where it has none or is gone."""
    found = api.group.get(groupname=group)
    return isolated((found and found.getProperty("title")) or group)


def title_of_role(role: str) -> str:
    """Return what Plone calls a role; ours as the Sharing tab calls it."""
    title = "Can track who read this" if role == ROLE else role
    return api.portal.translate(Message(title, "plone", default=title))
