"""``Round``: sends the reminders of a site that are due, one after the other.

Each step is a transaction of its own: the intent, then the mail, then what came of it.
"""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from plone import api
from slc.clicktracker import logger
from slc.clicktracker.mails.courier import Outcome
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.deliveries import prepare_deliveries
from slc.clicktracker.mails.deliveries import settle
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.fresh_look import look_afresh
from slc.clicktracker.mails.mail import Mail
from slc.clicktracker.mails.people import Addressee
from slc.clicktracker.mails.people import addressee_of
from slc.clicktracker.mails.post import NotSent
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.silence import NO_ACCOUNT
from slc.clicktracker.mails.silence import NO_ADDRESS
from slc.clicktracker.reminders.errands import Errand
from slc.clicktracker.reminders.errands import errands
from slc.clicktracker.reminders.errands import OWNER
from slc.clicktracker.reminders.reminded import keep_reminded
from slc.clicktracker.reminders.reminded import prepare_reminded
from slc.clicktracker.reminders.reminded import Reminded
from slc.clicktracker.reminders.reminder_mail import Made
from slc.clicktracker.reminders.reminder_mail import ReminderMail
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.sites.openings import keep_opening
from slc.clicktracker.sites.openings import MAIL
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import Opening
from slc.clicktracker.sites.openings import REMINDER
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from ZODB.POSException import ConflictError

import transaction


#: How often what others change at the same moment is looked at again.
_TRIES = 3


@dataclass(frozen=True)
class Done:
    """What came of an errand; ``detail`` says why no mail was sent. ``is_down``: there is no
    use in trying another one now."""

    errand: Errand
    outcome: Outcome
    detail: str = ""
    is_down: bool = False


class Round:
    """``base`` is the address of the site; ``clock`` says what time it is, and no mail is
    begun once it has gone on for as long as ``limit``."""

    def __init__(
        self,
        post: Post,
        base: str,
        clock: Callable[[], datetime] = utc_now,
        limit: timedelta | None = None,
    ) -> None:
        self._post, self._base = post, base
        self._clock, self._limit = clock, limit

    def due(self) -> list[Errand]:
        """Return what is to be sent, those last that could not be sent the last time: what
        ends a run keeps the others waiting for one run at most. Raises
        ``StorageError``."""
        wishes, now = Wishes.of_site(), self._clock()
        found = [
            each for each in errands(wishes, now) if self._is_due(each, wishes, now)
        ]
        return sorted(found, key=lambda each: delivery_of(each.key).has_failed)

    def run(self, due: list[Errand]) -> Iterator[Done]:
        """Do the errands, and yield what came of each; once the mail server is down, no
        more."""
        begun = self._clock()
        _prepare()
        for errand in due:
            if self._limit is not None and self._clock() - begun >= self._limit:
                return
            try:
                done = self._handled(errand)
            except Exception:
                # Whatever is wrong with one of them, the others get their mails.
                done = self._broken(errand)
            yield done
            if done.is_down:
                return

    def _is_due(self, errand: Errand, wishes: Wishes, now: datetime) -> bool:
        """Has this member had no mail today?"""
        return delivery_of(errand.key).done != _occasion(wishes, now)

    def _handled(self, errand: Errand) -> Done:
        for _again in range(_TRIES - 1):
            try:
                return self._handle(errand, self._clock())
            except ConflictError:
                # Somebody else has claimed it: the next look says so.
                transaction.abort()
        return self._handle(errand, self._clock())

    def _handle(self, errand: Errand, now: datetime) -> Done:
        look_afresh()
        wishes, delivery = Wishes.of_site(), delivery_of(errand.key)
        if not self._is_due(errand, wishes, now):
            return Done(errand, Outcome.NOT_DUE)
        if delivery.is_claimed(now):
            return Done(errand, Outcome.TAKEN)
        addressee = addressee_of(errand.user)
        if addressee is None:
            # It may be in a directory that doesn't answer now.
            return Done(errand, Outcome.SILENT, NO_ACCOUNT)
        if not addressee.address:
            keep(errand.key, delivery.silenced(NO_ADDRESS))
            transaction.commit()
            return Done(errand, Outcome.SILENT, NO_ADDRESS)
        claimed = self._claimed(errand, wishes, now)
        return self._sent(errand, claimed, now, is_uncertain=delivery.is_in_doubt)

    def _claimed(self, errand: Errand, wishes: Wishes, now: datetime) -> Delivery:
        """Commit the intent. Raises ``ConflictError`` for all but one of those who try."""
        occasion = _occasion(wishes, now)
        # The id of a member may have anything in it, and is no matter of mail servers.
        named = f"{document_uid(api.portal.get())} {errand.key}"
        digest = sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        message_id = f"<{digest}.{occasion}@{self._post.domain}>"
        claimed = claim(errand.key, occasion, message_id, now)
        transaction.commit()
        look_afresh()
        return claimed

    def _sent(
        self, errand: Errand, claimed: Delivery, now: datetime, is_uncertain: bool
    ) -> Done:
        """Send what was claimed, and keep what came of it."""
        made = None
        try:
            made = self._made(errand, now)
            if made is not None:
                self._send(errand, made, claimed)
        except (NotSent, StorageError) as error:
            settled, done = _not_sent(errand, claimed, error)
        except Exception:
            # Whatever is wrong with one document, others get their mails.
            logger.exception("The reminder for %r can't be made", errand.user)
            settled, done = (
                claimed.failed(_BROKEN),
                Done(errand, Outcome.FAILED, _BROKEN),
            )
        else:
            settled = claimed.settled(now, made is not None)
            outcome = Outcome.NOTHING_TO_SAY if made is None else Outcome.SENT
            done = Done(errand, outcome)
        transaction.abort()
        dealt_with = made is not None and done.outcome is not Outcome.FAILED
        steps = made.steps if dealt_with else ()
        is_refused = done.outcome is Outcome.REFUSED
        new = [Reminded(each, now, is_uncertain, is_refused) for each in steps]
        transaction.manager.run(
            lambda: _settle(errand, claimed, settled, new, now), tries=5
        )
        return done

    def _made(self, errand: Errand, now: datetime) -> Made | None:
        addressee = addressee_of(errand.user)
        if addressee is None:
            return None
        return self._mail_of(errand, addressee).made(now)

    def _mail_of(self, errand: Errand, addressee: Addressee) -> ReminderMail:
        wishes = Wishes.of_site()
        return ReminderMail(errand, addressee, wishes, self._base)

    def _send(self, errand: Errand, made: Made, claimed: Delivery) -> None:
        to = addressee_of(errand.user).address
        self._post.send(Mail(made.letter, self._post.sender, to, claimed.message_id))

    def _broken(self, errand: Errand) -> Done:
        """Keep that something else is wrong: others get their mails all the same."""
        logger.exception("The reminder for %r can't be made", errand.user)
        transaction.abort()
        key = errand.key
        transaction.manager.run(
            lambda: keep(key, delivery_of(key).failed(_BROKEN)), tries=5
        )
        return Done(errand, Outcome.FAILED, _BROKEN)


_BROKEN = "the reminder could not be made, see the log"


def _occasion(wishes: Wishes, now: datetime) -> str:
    return wishes.schedule.today(now).isoformat()


def _prepare() -> None:
    """Make the places where all is kept: else two runs at once would make both."""
    for _again in range(_TRIES):
        transaction.begin()
        prepare_deliveries()
        prepare_reminded()
        try:
            transaction.commit()
            return
        except ConflictError:
            transaction.abort()


def _settle(
    errand: Errand,
    claimed: Delivery,
    settled: Delivery,
    new: list[Reminded],
    now: datetime,
) -> None:
    if settle(errand.key, claimed, settled) and new:
        keep_reminded(errand.key, new, now)
        for opening in _openings(errand, new):
            keep_opening(opening)


def _openings(errand: Errand, new: list[Reminded]) -> Iterator[Opening]:
    """Yield which names whoever has set a deadline has got: those who are missing. How many
    these were is not kept."""
    if errand.kind != OWNER:
        return
    paths = dict(zip(errand.steps, errand.paths, strict=True))
    for each in new:
        if not each.is_refused:
            step = each.step
            listed = NamedList(REMINDER, step.uid, paths.get(step, ""), as_file=MAIL)
            yield Opening(Reader(errand.user), listed, each.at, 0, "")


def _not_sent(
    errand: Errand, claimed: Delivery, error: NotSent | StorageError
) -> tuple[Delivery, Done]:
    """Return what comes of a mail that something out there has kept from being sent."""
    detail = str(error)
    if isinstance(error, NotSent) and error.is_final:
        return claimed.refused(detail), Done(errand, Outcome.REFUSED, detail)
    is_down = isinstance(error, StorageError) or error.is_down
    return claimed.failed(detail), Done(errand, Outcome.FAILED, detail, is_down)
