"""``@@clicktracker-acknowledgement``: whether readers are asked to acknowledge an item."""

from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from Products.CMFCore.interfaces import IFolderish
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import applied_choice
from slc.clicktracker.acknowledgements.asked import AppliedChoice
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.acknowledgements.asked import end_choice
from slc.clicktracker.acknowledgements.asked import is_asked_by_deadline
from slc.clicktracker.acknowledgements.asked import is_asked_nowhere
from slc.clicktracker.acknowledgements.asked import LONGEST_SENTENCE
from slc.clicktracker.acknowledgements.asked import own_choice
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.acknowledgements.asked import set_choice
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


_NOTHING = _("Nothing was changed.")

#: What can be chosen for an item, in the order of the form.
ASK, LEAVE, INHERIT = "ask", "leave", "inherit"


class ChoiceView(AboutContent):
    """The screen, for those who may say who is expected."""

    index = ViewPageTemplateFile("templates/choice.pt")
    asked_part = ViewPageTemplateFile("templates/asked.pt")
    localized = staticmethod(local_time)
    longest_reason = LONGEST_REASON
    longest_sentence = LONGEST_SENTENCE

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
        if self.is_never_read or self.chosen not in dict(self.options):
            return _NOTHING
        if self._is_as_before:
            return _NOTHING
        self._check()
        if self.status:
            return None
        if self.chosen == INHERIT:
            end_choice(self.context, self.reason)
        else:
            is_asked = self.chosen == ASK
            sentence = self.sentence if is_asked else ""
            set_choice(self.context, Choice(is_asked, sentence), self.reason)
        return _("Your choice was saved.")

    def _check(self) -> None:
        if self.chosen == LEAVE and self.is_asked_by_deadline:
            self.choice_error = _(
                "The deadline asks for acknowledgement, so readers are asked. First choose "
                "other evidence for the deadline."
            )
        if self.own is not None and is_blank(self.reason):
            self.reason_error = _("Say why this changes.")
        if len(self.reason) > LONGEST_REASON:
            limit = {"limit": LONGEST_REASON}
            self.reason_error = _("No more than ${limit} characters.", mapping=limit)
        if len(self.sentence) > LONGEST_SENTENCE:
            limit = {"limit": LONGEST_SENTENCE}
            self.sentence_error = _("No more than ${limit} characters.", mapping=limit)
        if self.choice_error or self.reason_error or self.sentence_error:
            self.status = _("There were some errors.")
        elif self._sent("holding") != self.holding:
            self.status = _(
                "Nothing was changed: somebody else has changed this since you opened the "
                "form. Look at what it says now, then try again."
            )

    @property
    def _is_as_before(self) -> bool:
        is_same = self.chosen != ASK or self.sentence == self._own_sentence
        return self.chosen == self._kept and is_same

    @cached_property
    def own(self) -> Declaration | None:
        return own_choice(self.context)

    @cached_property
    def applied(self) -> AppliedChoice | None:
        return applied_choice(self.context)

    @property
    def is_off(self) -> bool:
        """Is nobody asked anywhere in the site?"""
        return is_asked_nowhere()

    @cached_property
    def is_asked_by_deadline(self) -> bool:
        """Does the deadline that holds here ask for it?"""
        return is_asked_by_deadline(self.context)

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
        source = self.applied.source
        return source if api.user.has_permission("View", obj=source) else None

    @property
    def _kept(self) -> str:
        if self.own is None:
            return INHERIT
        return ASK if Choice.of(self.own).is_asked else LEAVE

    @property
    def _own_sentence(self) -> str:
        return Choice.of(self.own).sentence if self.own else ""

    @property
    def holding(self) -> str:
        """What tells the declaration that holds from all others, "" for none."""
        return "" if self.own is None else "-".join(map(str, self.own.key))

    @property
    def chosen(self) -> str:
        return self._sent("choice") if self._is_sent else self._kept

    @property
    def sentence(self) -> str:
        if not self._is_sent:
            return self._own_sentence
        # A form sends lines with other ends than they came with.
        text = self._sent("sentence").replace("\r\n", "\n").strip()
        return storable(text, LONGEST_SENTENCE + 1)

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
        return f"{self.context.absolute_url()}/@@clicktracker-acknowledgement"
