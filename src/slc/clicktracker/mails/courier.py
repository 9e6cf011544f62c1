"""``Courier``: sends the summaries that are due in the current site, one after the other.

Each step is a transaction of its own: the intent, then the mail, then what came of it.
"""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from slc.clicktracker import logger
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.deliveries import settle
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.due import is_due
from slc.clicktracker.mails.due import occasion_of
from slc.clicktracker.mails.fresh_look import look_afresh
from slc.clicktracker.mails.link_keys import make_link_keys
from slc.clicktracker.mails.people import addressee_of
from slc.clicktracker.mails.places import place_with
from slc.clicktracker.mails.post import NotSent
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.silence import NO_ACCOUNT
from slc.clicktracker.mails.subscription import Subscription
from slc.clicktracker.mails.subscriptions import end
from slc.clicktracker.mails.subscriptions import subscription_of
from slc.clicktracker.mails.subscriptions import subscriptions
from slc.clicktracker.mails.summary import Summary
from slc.clicktracker.mails.summary_mail import opened_by_mail
from slc.clicktracker.mails.summary_mail import Silent
from slc.clicktracker.mails.summary_mail import SummaryMail
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.openings import keep_opening
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import utc_now
from ZODB.POSException import ConflictError

import transaction


class Outcome(Enum):
    """What came of one subscription."""

    SENT = "sent"
    NOTHING_TO_SAY = "nothing to say"
    SILENT = "silent"
    ENDED = "ended"
    #: Another run has begun to send it; whether it still does is known later.
    TAKEN = "begun by another run"
    #: Another run has sent it meanwhile, or somebody has chosen another rhythm.
    NOT_DUE = "no longer due"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Handled:
    """A subscription whose summary was due; ``detail`` says why none was sent."""

    subscription: Subscription
    outcome: Outcome
    detail: str = ""
    is_down: bool = False


#: How often what others change at the same moment is looked at again.
_TRIES = 3


class Courier:
    """``base`` is the address of the site, "" for that at which each member subscribed;
    ``clock`` says what time it is."""

    def __init__(
        self, post: Post, base: str = "", clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._post, self._base, self._clock = post, base, clock
        self._zone = site_timezone()

    def due(self) -> list[Subscription]:
        """Return the subscriptions whose summary is due, those last that could not be sent
        the last time: what ends a run keeps the others waiting for one run at most."""
        now = self._clock()
        found = [each for each in subscriptions() if self._is_due(each, now)]
        return sorted(found, key=lambda each: delivery_of(each.id).has_failed)

    def run(self) -> Iterator[Handled]:
        """Send them, and yield what came of each; once the mail server is down, no more."""
        for subscription in self.due():
            try:
                handled = self._handled(subscription)
            except Exception:
                # Whatever is wrong with one of them, the others get their mails.
                handled = self._broken(subscription)
            yield handled
            if handled.is_down:
                return

    def _handled(self, subscription: Subscription) -> Handled:
        for _again in range(_TRIES - 1):
            try:
                return self._handle(subscription, self._clock())
            except ConflictError:
                # Somebody else has claimed it, or changed it: the next look says which.
                transaction.abort()
        return self._handle(subscription, self._clock())

    def _is_due(self, subscription: Subscription, now: datetime) -> bool:
        return is_due(subscription, delivery_of(subscription.id), now, self._zone)

    def _handle(self, listed: Subscription, now: datetime) -> Handled:
        look_afresh()
        subscription = subscription_of(listed.user, listed.place)
        if subscription is None:
            return Handled(listed, Outcome.ENDED, "somebody has stopped it")
        if not self._is_due(subscription, now):
            return Handled(subscription, Outcome.NOT_DUE)
        if delivery_of(subscription.id).is_claimed(now):
            return Handled(subscription, Outcome.TAKEN)
        try:
            found = self._mail_for(subscription)
            if found is None:
                return self._ended(subscription)
            found.check()
        except Silent as reason:
            return self._silent(subscription, str(reason))
        except StorageError as error:
            return self._failed(subscription, str(error))
        return self._sent(subscription, self._claimed(subscription, now), now)

    def _mail_for(self, subscription: Subscription) -> SummaryMail | None:
        """Return it, None where the place is gone. Raises ``Silent`` for an account that
        isn't found: it may be kept in a directory that doesn't answer now."""
        place = place_with(subscription.place)
        if place is None:
            return None
        addressee = addressee_of(subscription.user)
        if addressee is None:
            raise Silent(NO_ACCOUNT)
        base = self._base or subscription.base
        return SummaryMail(subscription, addressee, place, base)

    def _ended(self, subscription: Subscription) -> Handled:
        end(subscription)
        transaction.commit()
        detail = "the place is gone"
        logger.info(
            "A subscription of %r to summaries has ended: %s.",
            subscription.user,
            detail,
        )
        return Handled(subscription, Outcome.ENDED, detail)

    def _silent(self, subscription: Subscription, reason: str) -> Handled:
        keep(subscription.id, delivery_of(subscription.id).silenced(reason))
        transaction.commit()
        return Handled(subscription, Outcome.SILENT, reason)

    def _failed(self, subscription: Subscription, error: str) -> Handled:
        """Keep why not even an attempt was made."""
        keep(subscription.id, delivery_of(subscription.id).failed(error))
        transaction.commit()
        return Handled(subscription, Outcome.FAILED, error, is_down=True)

    def _broken(self, subscription: Subscription) -> Handled:
        """Keep that something else is wrong: others get their mails all the same."""
        logger.exception("The summary for %r can't be made", subscription.user)
        detail, key = "the summary could not be made, see the log", subscription.id
        transaction.abort()
        transaction.manager.run(
            lambda: keep(key, delivery_of(key).failed(detail)), tries=5
        )
        return Handled(subscription, Outcome.FAILED, detail)

    def _claimed(self, subscription: Subscription, now: datetime) -> Delivery:
        """Commit the intent. Raises ``ConflictError`` for all but one of those who try."""
        make_link_keys()
        occasion = occasion_of(subscription, now, self._zone)
        message_id = f"<{subscription.id}.{occasion}@{self._post.domain}>"
        claimed = claim(subscription.id, occasion, message_id, now)
        transaction.commit()
        look_afresh()
        return claimed

    def _sent(
        self, subscription: Subscription, claimed: Delivery, now: datetime
    ) -> Handled:
        """Send what was claimed, and keep what came of it."""
        sent = None
        try:
            sent = self._send(subscription, claimed, now)
        except Silent as reason:
            settled = claimed.silenced(str(reason))
            handled = Handled(subscription, Outcome.SILENT, str(reason))
        except (NotSent, StorageError) as error:
            settled, handled = _not_sent(subscription, claimed, error)
        except Exception:
            # Whatever is wrong with one place, others get their mails.
            logger.exception("The summary for %r can't be made", subscription.user)
            detail = "the summary could not be made, see the log"
            settled = claimed.failed(detail)
            handled = Handled(subscription, Outcome.FAILED, detail)
        else:
            settled = claimed.settled(now, sent is not None)
            outcome = Outcome.SENT if sent else Outcome.NOTHING_TO_SAY
            handled = Handled(subscription, outcome)
        opened = sent and sent.names and opened_by_mail(sent, subscription.user, now)
        transaction.abort()

        def keep_all() -> None:
            settle(subscription.id, claimed, settled)
            if opened:
                keep_opening(opened)

        transaction.manager.run(keep_all, tries=5)
        return handled

    def _send(
        self, subscription: Subscription, claimed: Delivery, now: datetime
    ) -> Summary | None:
        """Return what was sent, None where there was nothing to send."""
        found = self._mail_for(subscription)
        is_wanted = subscription_of(subscription.user, subscription.place) is not None
        if found is None or not is_wanted:
            # Stopped at the last moment, or the next run ends it.
            return None
        summary = found.summary(now, reads_files=True)
        if subscription.rhythm is DAILY and not summary.says_something:
            return None
        self._post.send(found.mail(summary, self._post, claimed.message_id))
        return summary


def _not_sent(
    subscription: Subscription, claimed: Delivery, error: NotSent | StorageError
) -> tuple[Delivery, Handled]:
    """Return what comes of a mail that something out there has kept from being sent."""
    detail = str(error)
    if isinstance(error, NotSent) and error.is_final:
        return claimed.refused(detail), Handled(subscription, Outcome.REFUSED, detail)
    is_down = isinstance(error, StorageError) or error.is_down
    handled = Handled(subscription, Outcome.FAILED, detail, is_down)
    return claimed.failed(detail), handled
