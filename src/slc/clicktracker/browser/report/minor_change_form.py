"""``@@clicktracker-minor-change``: which earlier versions are the same in substance."""

from AccessControl import Unauthorized
from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.known_versions import KnownVersions
from slc.clicktracker.reports.minor_change_choice import EarlierVersion
from slc.clicktracker.reports.minor_change_choice import MinorChoice
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.reports.sentences import minor_changes as sentences
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


class MinorChangeView(AboutContent):
    """The screen: who may edit the content declares, who manages tracking withdraws,
    too."""

    index = ViewPageTemplateFile("templates/minor-change.pt")
    changes_list = ViewPageTemplateFile("templates/minor-change-list.pt")
    timezone = staticmethod(timezone_name)
    localized = staticmethod(local_time)
    longest_reason = LONGEST_REASON
    says = sentences

    #: What is wrong with the form as it was sent: in general, and at its fields.
    status: Message | None = None
    choice_error: Message | None = None
    reason_error: Message | None = None

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        if not (self.may_declare or self._manages_tracking):
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            return self.index()
        CheckAuthenticator(self.request)
        done = self._withdraw() if "withdraw" in self.request.form else self._declare()
        if done is None:
            return self.index()
        return say_what_was_done(self.request, done, self.url)

    def _withdraw(self) -> Message:
        return self.choice.withdraw(self._sent("withdraw"))[1]

    def _declare(self) -> Message | None:
        """Declare what the form says. Return what was done, None if it is amiss."""
        if not self.may_declare:
            raise Unauthorized
        try:
            current = self._sent("current")
            return self.choice.declare(current, self.chosen, self.reason)[1]
        except Amiss as error:
            self.status = error.status
            self.choice_error = error.errors.get("text")
            self.reason_error = error.errors.get("reason")
            return None

    @cached_property
    def choice(self) -> MinorChoice:
        return MinorChoice(self.context)

    @property
    def current(self) -> str:
        return self.choice.current

    @property
    def current_title(self) -> Message:
        return self.choice.current_title

    @property
    def current_first(self) -> str | None:
        """When it was delivered first, None if it was not yet, its title says that, or
        the viewer may not see readers."""
        current = self.choice.current_declared
        said = self.may_see_readers and current.label and current.first
        return local_time(current.first) if said else None

    @property
    def versions(self) -> KnownVersions:
        return self.choice.versions

    @property
    def earlier(self) -> list[EarlierVersion]:
        return self.choice.earlier

    @property
    def all_count(self) -> bool:
        return all(each.counts for each in self.earlier)

    @property
    def holding(self) -> list[MinorChangeRow]:
        return self.choice.holding

    @property
    def withdrawn(self) -> list[MinorChangeRow]:
        return self.choice.withdrawn

    @cached_property
    def may_declare(self) -> bool:
        return may_declare(self.context)

    @property
    def _manages_tracking(self) -> bool:
        return api.user.has_permission(MANAGE_TRACKING, obj=self.context)

    @property
    def may_see_readers(self) -> bool:
        return self.choice.may_see_readers

    @property
    def reason(self) -> str:
        """The reason as it was typed."""
        return self._sent("reason").strip()

    @property
    def chosen(self) -> str:
        """The text of the version as it was chosen."""
        return self._sent("text")

    def _sent(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"
