"""``@@clicktracker-forwarding``: what is done with page views that wait or were set aside."""

from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from Products.Five.browser import BrowserView
from slc.clicktracker import _
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
            self._say(_("What was stored as a secret of the service was removed."))
        elif service is not None:
            self._use_outbox(name, reason)
        panel = f"{self.context.absolute_url()}/@@clicktracker-settings"
        self.request.response.redirect(f"{panel}#clicktracker-details")
        return ""

    def _use_outbox(self, service: str, reason: str) -> None:
        try:
            outbox = storage_with(IOutbox)
            if outbox is None:
                return
            if "discard" in self.request.form:
                count = outbox.discard_hits(service, reason)
                text = _("Page views that were discarded: ${count}.")
            else:
                count = outbox.send_again(service, reason)
                text = _(
                    "The service is tried again within seconds, if somebody is on the "
                    "site. Page views that wait again: ${count}."
                )
        except StorageError as error:
            text = _(
                "The database could not be used: ${error}",
                mapping={"error": str(error)},
            )
            self._say(text, "error")
        else:
            self._say(Message(text, mapping={"count": localized_number(count)}))

    def _say(self, text: Message, kind: str = "info") -> None:
        api.portal.show_message(text, self.request, kind)
