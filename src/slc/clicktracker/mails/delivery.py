"""``Delivery``: how far it is with a mail that comes again and again."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta


#: As long as this nobody else tries a mail that somebody is sending. Who was killed
#: meanwhile may have sent it, or not.
LEASE = timedelta(minutes=15)


@dataclass(frozen=True)
class Delivery:
    """An ``occasion`` is what one mail is for: the day on which a period begins, say.

    ``message_id`` is that of the mail for the latest occasion, the same with each of its
    ``attempts``. While it is being sent, it has a ``claim``, which was made at the time
    ``claimed``. ``error`` says why the last attempt has failed. The occasion ``done`` is dealt
    with, and what was ``told`` until then is not told again. ``sent`` is when a mail was sent
    last. ``silence`` is the name of a reason why there is no mail at present. ``is_refused``:
    the mail server has refused the mail for good, so it waits for the next occasion.
    """

    occasion: str = ""
    message_id: str = ""
    attempts: int = 0
    claim: str = ""
    claimed: datetime | None = None
    error: str = ""
    done: str = ""
    told: datetime | None = None
    sent: datetime | None = None
    silence: str = ""
    is_refused: bool = False

    def is_claimed(self, now: datetime) -> bool:
        """Is somebody sending it now?"""
        return self.claimed is not None and now - self.claimed < LEASE

    @property
    def is_in_doubt(self) -> bool:
        """Was an attempt begun of which nobody has said how it ended?"""
        return bool(self.claim)

    @property
    def has_failed(self) -> bool:
        """Has the last attempt come to nothing, or has nobody said what came of it?"""
        return bool(self.error) or self.is_in_doubt

    def claimed_by(
        self, claim: str, occasion: str, message_id: str, now: datetime
    ) -> "Delivery":
        """Return it with the intent to send the mail for an occasion."""
        is_new = occasion != self.occasion
        return replace(
            self,
            occasion=occasion,
            message_id=message_id if is_new else self.message_id,
            attempts=1 if is_new else self.attempts + 1,
            claim=claim,
            claimed=now,
            silence="",
            is_refused=False,
        )

    def settled(self, now: datetime, is_sent: bool) -> "Delivery":
        """Return it once the occasion is dealt with: a mail ``is_sent``, or there was
        nothing to say."""
        return replace(
            self,
            claim="",
            claimed=None,
            error="",
            done=self.occasion,
            told=now,
            sent=now if is_sent else self.sent,
        )

    def failed(self, error: str) -> "Delivery":
        """Return it with the reason why it has to be tried again."""
        return replace(self, claim="", claimed=None, error=error, is_refused=False)

    def refused(self, error: str) -> "Delivery":
        """Return it once the occasion is dealt with, as the mail server refuses the mail
        whenever it is tried. What would have been told is told the next time."""
        return replace(self.failed(error), done=self.occasion, is_refused=True)

    def silenced(self, reason: str) -> "Delivery":
        """Return it without a mail, as long as there is this reason."""
        return replace(
            self, claim="", claimed=None, error="", silence=reason, is_refused=False
        )
