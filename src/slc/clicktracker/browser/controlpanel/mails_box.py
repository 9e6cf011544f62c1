"""How it is with the reports by mail, for the control panel."""

from collections.abc import Iterator
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.due import days_late
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.subscriptions import subscriptions
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.numbers import localized_number
from zope.i18nmessageid import Message


#: Days after which it is clear that no command sends what is due.
OVERDUE = 2

#: Errors that are shown; mostly all are the same.
_MOST_ERRORS = 3


@dataclass(frozen=True)
class MailsBox:
    """So many subscriptions there are in ``total``; ``failed`` mails wait for another attempt,
    ``refused`` ones for the next period, and ``silent`` subscriptions have a reason for it.
    ``notices`` say what to do."""

    total: int
    failed: int
    refused: int
    silent: int
    notices: tuple[Notice, ...]

    @classmethod
    def now(cls) -> "MailsBox":
        """Look at all subscriptions of the current site."""
        found = [(each, delivery_of(each.id)) for each in subscriptions()]
        deliveries = [delivery for _each, delivery in found]
        refused = sum(each.is_refused for each in deliveries)
        failed = sum(bool(each.error) for each in deliveries) - refused
        silent = sum(bool(each.silence) for each in deliveries)
        notices = _notices(found) if found else ()
        return cls(len(found), failed, refused, silent, tuple(notices))


def _notices(
    found: list[tuple[Subscription, Delivery]],
) -> Iterator[Notice]:
    with_error = [delivery for _each, delivery in found if delivery.error]
    failed = [each for each in with_error if not each.is_refused]
    refused = [each for each in with_error if each.is_refused]
    if Post.of_site() is None:
        yield Notice(
            "danger",
            _(
                "No reports are sent by mail, because Plone's mail settings are "
                "incomplete. Enter the mail server and the site's address in Site Setup, "
                "Mail."
            ),
        )
        return
    if failed:
        yield _with_errors(_COULD_NOT_BE_SENT, failed)
    if refused:
        yield _with_errors(_REFUSED, refused)
    doubtful = sum(each.is_in_doubt for _subscription, each in found)
    if doubtful:
        text = _(
            "Reports that are being sent now, or whose sending was interrupted: ${count}. "
            "They are tried again after 15 minutes, so a mail may come twice."
        )
        yield Notice("info", _with_count(text, doubtful))
    late = _late(found)
    if late:
        text = _(
            "Reports by mail that have been due for two days or more: ${count}. Let cron "
            "run the command clicktracker send-summaries."
        )
        yield Notice("danger", _with_count(text, late))


_COULD_NOT_BE_SENT = _(
    "Reports that could not be sent by mail: ${count}. They are tried again each time "
    "the command clicktracker send-summaries runs. Check Plone's mail settings in "
    "Site Setup, Mail, and the mail server."
)

_REFUSED = _(
    "Reports by mail that the mail server refused for good: ${count}. They are not tried "
    "again before the next one is due. Check the addresses of these members."
)


def _with_errors(text: Message, failed: list[Delivery]) -> Notice:
    errors = dict.fromkeys(each.error for each in failed)
    detail = " · ".join(list(errors)[:_MOST_ERRORS])
    return Notice("warning", _with_count(text, len(failed)), detail)


def _late(found: list[tuple[Subscription, Delivery]]) -> int:
    """Count those that nothing keeps from being sent."""
    now, zone = utc_now(), site_timezone()
    return sum(
        days_late(subscription, delivery, now, zone) >= OVERDUE
        for subscription, delivery in found
        if not (delivery.error or delivery.silence)
    )


def _with_count(text: Message, count: int) -> Message:
    return Message(text, mapping={"count": localized_number(count)})
