"""``@@clicktracker-mail-subscriptions``: who has subscribed what, for site administrators."""

from dataclasses import dataclass
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.changed_screen import ChangedScreen
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.places import place_with
from slc.clicktracker.mails.silence import silence_in_words
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.subscriptions import end
from slc.clicktracker.mails.subscriptions import subscription_with
from slc.clicktracker.mails.subscriptions import subscriptions
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Row:
    """A subscription in the list; ``place`` is None where it is gone."""

    subscription: Subscription
    delivery: Delivery
    name: str
    place: Any

    @property
    def problem(self) -> Message | str:
        """Why no mail goes out, "" where one does."""
        if self.place is None:
            return _("The content is gone. The subscription ends with the next run.")
        return silence_in_words(self.delivery.silence)


class SubscriptionsView(ChangedScreen):
    """The screen. What is posted to it ends a subscription."""

    index = ViewPageTemplateFile("templates/subscriptions.pt")
    timezone = staticmethod(timezone_name)
    localized = staticmethod(local_time)

    def change(self) -> Message:
        found = subscription_with(text_from(self.request.form.get("subscription")))
        if found is None:
            return _("Nothing was changed.")
        end(found)
        return _(
            "The subscription of ${name} has ended.",
            mapping={"name": name_of(Reader(found.user))},
        )

    @property
    def panel_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-settings"

    @cached_property
    def batch(self) -> Batch:
        """A page of all, those first that can't be sent."""
        found = [(each, delivery_of(each.id)) for each in subscriptions()]
        found.sort(key=lambda one: not (one[1].error or one[1].silence))
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        return Batch(found, PAGE_SIZE, min(start, last_start(len(found), PAGE_SIZE)))

    @property
    def rows(self) -> list[Row]:
        return [
            Row(each, delivery, name_of(Reader(each.user)), place_with(each.place))
            for each, delivery in self.batch
        ]
