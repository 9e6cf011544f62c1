"""``@@clicktracker-forwarding``: what is done with page views that wait or were set aside."""

from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.forwarding_words import problem_in_words
from slc.clicktracker.forwarding.drain import Drain
from slc.clicktracker.forwarding.interfaces import IForwardedService
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.sites.forwarding import forwarded_services
from slc.clicktracker.sites.secrets import store_secret
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.words.numbers import localized_number
from zope.i18nmessageid import Message
from zope.schema import getFieldNamesInOrder


class ForwardingActions(BrowserView):
    """The buttons in the control panel, which shows what came of them."""

    def __call__(self) -> str:
        PostOnly(self.request)
        CheckAuthenticator(self.request)
        form = self.request.form
        name, reason = str(form.get("service", "")), str(form.get("reason", ""))
        service = forwarded_services().get(name)
        if service is not None and "forget" in form:
            for secret in getFieldNamesInOrder(service.secret):
                store_secret(secret, "")
            self._say(_("The stored secret of the service was removed."))
        elif service is not None:
            self._use_outbox(name, service, reason)
        panel = f"{self.context.absolute_url()}/@@clicktracker-settings"
        self.request.response.redirect(f"{panel}#clicktracker-details")
        return ""

    def _use_outbox(self, name: str, service: IForwardedService, reason: str) -> None:
        try:
            outbox = storage_with(IOutbox)
            if outbox is None:
                return
            if "try" in self.request.form:
                self._try_now(outbox, name, service)
            elif "discard" in self.request.form:
                count = outbox.discard_hits(name, reason)
                self._say(
                    _("Page views and goals that were discarded: ${count}."), count
                )
            else:
                count = outbox.send_again(name, reason)
                text = _(
                    "The service is tried again within seconds, if somebody is on the "
                    "site. Page views and goals that wait again: ${count}."
                )
                self._say(text, count)
        except StorageError as error:
            text = _(
                "The database could not be used: ${error}",
                mapping={"error": str(error)},
            )
            self._say(text, kind="error")

    def _try_now(self, outbox: IOutbox, name: str, service: IForwardedService) -> None:
        """Make one attempt while the manager waits, and say what came of it. That it
        fails puts off no other attempt."""
        sender = service.sender()
        if sender is None:
            self._say(_("Nothing was tried, because the settings are incomplete."))
            return
        due = outbox.outbox(name).due
        outbox.send_again(name, "")
        once = iter([True])
        drain = Drain(outbox, name, sender, latest=due)
        drained = drain.run(lambda: next(once, False))
        if drained.problem:
            self._say(problem_in_words(drained.problem, service.title), kind="warning")
        elif drained.counted:
            text = _(
                "Page views and goals that were sent and counted: ${count}. While "
                "somebody is on the site, any others that wait follow within seconds."
            )
            self._say(text, drained.counted)
        elif drained.aside:
            text = _("Page views and goals that were set aside, see below: ${count}.")
            self._say(text, drained.aside, kind="warning")
        else:
            self._say(
                _(
                    "Nothing was sent: nothing is waiting, or another process is "
                    "sending now."
                )
            )

    def _say(self, text: Message, count: int | None = None, kind: str = "info") -> None:
        if count is not None:
            text = Message(text, mapping={"count": localized_number(count)})
        api.portal.show_message(text, self.request, kind)
