"""The mails that a member has subscribed to, and those that remind of deadlines."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.subscriptions import subscriptions
from slc.clicktracker.my_reading.part import Cell
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import KINDS
from slc.clicktracker.reminders.reminded import Reminded
from slc.clicktracker.reminders.reminded import reminded
from zope.i18nmessageid import Message


class OwnMails(OwnPart):
    """Subscriptions to reports, each with the latest mail, and reminders."""

    name = "mails"
    places = ("mails", "reminders")
    title = _("Mails to you")
    says = _(
        "The reports by mail that you have subscribed to, and of which deadlines you were "
        "reminded. What the mails said is not kept."
    )
    columns = (
        _("Since"),
        _("What"),
        _("About"),
        _("How often"),
        _("Last mail sent"),
        _("Problem"),
    )

    @property
    def is_kept(self) -> bool:
        return not self.reader.folder

    @property
    def kept(self) -> Message:
        return _(
            "Subscriptions are kept until you unsubscribe, reminders for 90 days or until "
            "the next one after that."
        )

    @cached_property
    def _found(self) -> list[Subscription | Reminded]:
        user = self.reader.user
        found = [
            *(each for each in subscriptions() if each.user == user),
            *(each for kind in KINDS for each in reminded(key_of(kind, user))),
        ]
        return sorted(found, key=_since, reverse=True)

    def page(self, start: int, size: int) -> Page:
        shown = self._found[start : start + size]
        titles = Titles(map(_uid, shown))
        return [_row(each, titles) for each in shown], len(self._found)

    def data(self) -> Iterator[Data]:
        for each in self._found:
            if isinstance(each, Reminded):
                yield {
                    "kind": "reminder",
                    "at": each.at,
                    "document_uid": each.step.uid,
                    "days_from_deadline": each.step.step,
                    "may_have_come_twice": each.is_uncertain,
                    "refused": each.is_refused,
                }
                continue
            delivery = delivery_of(each.id)
            yield {
                "kind": "report",
                "since": each.since,
                "document_uid": each.place,
                "rhythm": each.rhythm.name,
                "last_sent": delivery.sent,
                "last_message_id": delivery.message_id,
                "attempts": delivery.attempts,
                "problem": delivery.error or delivery.silence,
            }


def _since(mail: Subscription | Reminded) -> datetime:
    return mail.at if isinstance(mail, Reminded) else mail.since


def _uid(mail: Subscription | Reminded) -> str:
    return mail.step.uid if isinstance(mail, Reminded) else mail.place


def _row(mail: Subscription | Reminded, titles: Titles) -> tuple[Cell, ...]:
    about = titles.of(_uid(mail))
    if isinstance(mail, Reminded):
        problem = _("Refused by the mail server") if mail.is_refused else ""
        return mail.at, _("Reminder"), about, "", mail.at, problem
    delivery = delivery_of(mail.id)
    rhythm = mail.rhythm.title
    return mail.since, _("Report"), about, rhythm, delivery.sent, delivery.error
