"""``@@clicktracker-acknowledgement``: whether readers are asked to acknowledge an item."""

from functools import cached_property
from plone.protect import CheckAuthenticator
from Products.CMFCore.interfaces import IFolderish
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import applied_choice
from slc.clicktracker.acknowledgements.asked import AppliedChoice
from slc.clicktracker.acknowledgements.asked import is_asked_nowhere
from slc.clicktracker.acknowledgements.asked import LONGEST_SENTENCE
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.asking_change import ASK
from slc.clicktracker.reports.asking_change import AskingChange
from slc.clicktracker.reports.asking_change import INHERIT
from slc.clicktracker.reports.asking_change import LEAVE
from slc.clicktracker.reports.asking_change import typed_sentence
from slc.clicktracker.reports.sentences import asking as sentences
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


_NOTHING = _("Nothing was changed.")


class ChoiceView(AboutContent):
    """The screen, for those who may say who is expected."""

    index = ViewPageTemplateFile("templates/choice.pt")
    asked_part = ViewPageTemplateFile("templates/asked.pt")
    localized = staticmethod(local_time)
    longest_reason = LONGEST_REASON
    longest_sentence = LONGEST_SENTENCE
    says = sentences
    _name = "clicktracker-acknowledgement"

    options = (
        (ASK, _("Ask readers to acknowledge this and everything below it")),
        (LEAVE, _("Don't ask")),
        (INHERIT, _("Like the folder above, or as the site's settings say")),
    )

    status: Message | None = None
    choice_error: Message | None = None
    sentence_error: Message | None = None
    reason_error: Message | None = None

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method != "POST":
            return self.index()
        CheckAuthenticator(self.request)
        done = self._change()
        if done is None:
            return self.index()
        return say_what_was_done(self.request, done, self.url)

    def asked(self) -> str:
        """Return what leads here from other screens, "" for what can't be acknowledged."""
        return "" if self.is_never_read else self.asked_part()

    def _change(self) -> Message | None:
        """Declare what the form says. Return what was done, None if it is amiss."""
        try:
            return (
                self.change.change(
                    self.chosen, self.sentence, self.reason, self._sent("holding")
                )
                or _NOTHING
            )
        except Amiss as error:
            self.status = error.status
            self.choice_error = error.errors.get("choice")
            self.sentence_error = error.errors.get("sentence")
            self.reason_error = error.errors.get("reason")
            return None

    @cached_property
    def change(self) -> AskingChange:
        return AskingChange(self.context)

    @property
    def own(self) -> Declaration | None:
        return self.change.own

    @cached_property
    def applied(self) -> AppliedChoice | None:
        return applied_choice(self.context)

    @property
    def is_off(self) -> bool:
        """Is nobody asked anywhere in the site?"""
        return is_asked_nowhere()

    @property
    def is_asked_by_deadline(self) -> bool:
        return self.change.is_asked_by_deadline

    @property
    def is_asked(self) -> bool:
        """Are readers asked, here or below?"""
        return self.asked_sentence is not None or self.asks_below

    @cached_property
    def asked_sentence(self) -> str | None:
        """What readers are asked here now, None where they aren't."""
        found = sentence_of(self.context)
        return found.text if found else None

    @property
    def asks_below(self) -> bool:
        """Are readers asked for what is in a folder, which has no text of its own?"""
        if self.is_off or self.asked_sentence is not None:
            return False
        is_chosen = self.applied is not None and self.applied.choice.is_asked
        is_folder = IFolderish.providedBy(self.context)
        return is_folder and (is_chosen or self.is_asked_by_deadline)

    @property
    def declared_by(self) -> str:
        return name_of(self.applied.declaration.by)

    @property
    def is_from_here(self) -> bool:
        return self.own is not None

    @property
    def visible_source(self) -> Any:
        """The folder that decides, if the viewer may know of it."""
        return if_visible(self.applied.source)

    @property
    def where_chosen(self) -> str:
        """For what it is chosen, as HTML."""
        source = self.visible_source
        return self.where(sentences.CHOSEN, self.is_from_here, source, self._name)

    @property
    def holding(self) -> str:
        return self.change.holding

    @property
    def chosen(self) -> str:
        return self._sent("choice") if self._is_sent else self.change.kept

    @property
    def sentence(self) -> str:
        if not self._is_sent:
            return self.change.sentence
        return typed_sentence(self._sent("sentence"))

    @property
    def reason(self) -> str:
        return self._sent("reason").strip()

    @property
    def may_attest(self) -> bool:
        return may_see_readers(self.context)

    @property
    def _is_sent(self) -> bool:
        return self.request.method == "POST"

    def _sent(self, name: str) -> str:
        return text_from(self.request.form.get(name))

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self._name}"
