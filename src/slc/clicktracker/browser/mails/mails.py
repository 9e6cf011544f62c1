"""``@@clicktracker-mails``: have summaries of a place by mail, and see what they say."""

from dataclasses import dataclass
from email.utils import make_msgid
from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.link_keys import make_link_keys
from slc.clicktracker.mails.people import Addressee
from slc.clicktracker.mails.people import addressee_of
from slc.clicktracker.mails.places import place_uid
from slc.clicktracker.mails.post import NotSent
from slc.clicktracker.mails.post import PATIENCE_OF_A_READER
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.rhythm import Rhythm
from slc.clicktracker.mails.rhythm import rhythm_of
from slc.clicktracker.mails.rhythm import RHYTHMS
from slc.clicktracker.mails.silence import silence_in_words
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.subscriptions import end
from slc.clicktracker.mails.subscriptions import subscribe
from slc.clicktracker.mails.subscriptions import subscription_of
from slc.clicktracker.mails.summary_mail import opened_by_mail
from slc.clicktracker.mails.summary_mail import Silent
from slc.clicktracker.mails.summary_mail import SummaryMail
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.sites.openings import keep_opening
from slc.clicktracker.sites.openings import SUMMARY
from slc.clicktracker.sites.reasons import given_reason
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Preview:
    """What a mail would say now; ``problem`` says why there is none."""

    letter: Letter | None = None
    problem: Message | None = None


class MailsView(NamesShown, AboutContent):
    """The screen: everybody decides about their own mails, and about nobody else's."""

    index = ViewPageTemplateFile("templates/mails.pt")
    letter_part = ViewPageTemplateFile("../letter.pt")
    timezone = staticmethod(timezone_name)
    localized = staticmethod(local_time)
    silence = staticmethod(silence_in_words)
    rhythms = RHYTHMS

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            if "end" not in self.request.form and self.asks_reason:
                return self.reason_page()
            message, kind = self._change()
            api.portal.show_message(message, self.request, kind)
            self.request.response.redirect(self.url)
            return ""
        if address := shorter_address(self.request, self.url):
            self.request.response.redirect(address)
            return ""
        if "preview" in self.request.form and self.asks_reason:
            return self.reason_page()
        with reading_little():
            return self.index()

    def _change(self) -> tuple[Message, str]:
        """Do what the button says, and return what was done, and of what kind that is."""
        form = self.request.form
        if "end" in form:
            ended = self.subscription is not None and end(self.subscription)
            return (
                (_("You get no more mails about this."), "info") if ended else _NOTHING
            )
        if "send" in form:
            return self._send()
        rhythm = rhythm_of(form.get("rhythm"))
        if rhythm is None or self.why_not is not None:
            return _NOTHING
        make_link_keys()
        subscribe(self.user, self.place, rhythm, api.portal.get().absolute_url())
        if rhythm is RHYTHMS[0]:
            said = _(
                "You get a summary of this every week. The next one comes on Monday."
            )
        else:
            said = _(
                "You get a summary of this every day. The next one comes tomorrow."
            )
        return said, "info"

    def _send(self) -> tuple[Message, str]:
        """Send one now, besides those that come anyway."""
        post = Post.of_site(PATIENCE_OF_A_READER)
        if self.subscription is None or self.why_not is not None or post is None:
            return _NOTHING
        mail_of = self._mail_for(self.subscription)
        try:
            summary = mail_of.summary(utc_now())
            mail = mail_of.mail(summary, post, make_msgid(domain=post.domain))
            post.send(mail)
            if summary.names:
                said = given_reason()
                keep_opening(opened_by_mail(summary, self.user, utc_now(), said))
        except NotSent as error:
            said = _(
                "The mail server didn't take the mail: ${error}",
                mapping={"error": str(error)},
            )
            return said, "error"
        except Silent as reason:
            return silence_in_words(str(reason)), "warning"
        except PROBLEMS as error:
            return problem_of(error), "error"
        said = _("A mail was sent to ${address}.", mapping={"address": mail.to})
        return said, "info"

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"

    @property
    def preview_url(self) -> str:
        return f"{self.url}?preview={self.rhythm.name}#preview"

    @cached_property
    def place(self) -> str:
        return place_uid(self.context)

    @cached_property
    def user(self) -> str:
        """The id of a member of the site itself, "" for whoever is none."""
        user, folder = current_user()
        return "" if folder else user

    @cached_property
    def addressee(self) -> Addressee | None:
        return addressee_of(self.user) if self.user else None

    @cached_property
    def why_not(self) -> Message | None:
        """Why the viewer can't subscribe, None where that is possible."""
        if self.addressee is None:
            return _(
                "Your account belongs to the server and not to this site, so it can't "
                "subscribe."
            )
        if not self.addressee.address:
            return _(
                "Your account has no valid email address. Enter one in your personal "
                "information first."
            )
        return None

    @property
    def is_complete(self) -> bool:
        """Are Plone's mail settings complete?"""
        return Post.of_site() is not None

    @cached_property
    def subscription(self) -> Subscription | None:
        return subscription_of(self.user, self.place) if self.user else None

    @property
    def delivery(self) -> Delivery:
        return delivery_of(self.subscription.id)

    @property
    def rhythm(self) -> Rhythm:
        """The one that is chosen."""
        return self.subscription.rhythm if self.subscription else RHYTHMS[0]

    @cached_property
    def preview(self) -> Preview | None:
        """The mail as it would go out now; None where nobody asks for it."""
        asked = rhythm_of(self.request.form.get("preview"))
        if asked is None or self.why_not is not None:
            return None
        known = self.subscription
        base = api.portal.get().absolute_url()
        shown = known or Subscription(
            "0" * 32, self.user, self.place, asked, utc_now(), base
        )
        mail_of = self._mail_for(shown)
        try:
            summary = mail_of.summary(utc_now())
            if summary.names:
                self.note_names(SUMMARY, summary.names)
            return Preview(mail_of.letter(summary))
        except Silent as reason:
            return Preview(problem=silence_in_words(str(reason)))
        except PROBLEMS as error:
            return Preview(problem=problem_of(error))

    def _mail_for(self, subscription: Subscription) -> SummaryMail:
        base = api.portal.get().absolute_url()
        return SummaryMail(subscription, self.addressee, self.context, base)


_NOTHING = _("Nothing was changed."), "warning"
