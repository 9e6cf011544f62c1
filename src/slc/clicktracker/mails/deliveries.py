"""How far it is with the mails of the current site, by the key of what they are for.

Who wants to send a mail claims it first, and commits that. Of two who claim the same, one
gets a conflict of the database. Once it is sent, or can't be, that is settled. Who is killed
in between leaves a claim that ends by itself, and the mail may come twice, under the same
Message-ID.
"""

from dataclasses import astuple
from datetime import datetime
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds

import secrets


_record = SiteRecord("mail-deliveries")

#: Where in a record times are, as microseconds.
_TIMES = (4, 7, 8)


def delivery_of(key: str) -> Delivery:
    """Return how far it is, of what there was no mail for yet, too."""
    kept = _record.get(key)
    return _from_record(kept) if kept else Delivery()


def claim(key: str, occasion: str, message_id: str, now: datetime) -> Delivery:
    """Keep the intent to send a mail. It holds when the transaction is committed, which
    fails for all but one of those who do this at once."""
    claimed = delivery_of(key).claimed_by(
        secrets.token_hex(8), occasion, message_id, now
    )
    keep(key, claimed)
    return claimed


def settle(key: str, claimed: Delivery, settled: Delivery) -> bool:
    """Keep what came of a claim. Return False where somebody else has claimed it since, or
    it is gone."""
    if delivery_of(key).claim != claimed.claim:
        return False
    keep(key, settled)
    return True


def keep(key: str, delivery: Delivery) -> None:
    """Keep how far it is."""
    if delivery != delivery_of(key):
        _record.set(key, _to_record(delivery))


def prepare_deliveries() -> None:
    """Make the place where they are kept, so that two runs don't both make it."""
    _record.made()


def all_deliveries() -> dict[str, Delivery]:
    """Return how far it is with everything, by the key."""
    return {key: _from_record(kept) for key, kept in _record.all().items()}


def forget_deliveries(key: str) -> None:
    """Forget what was sent."""
    _record.set(key, ())


def _to_record(delivery: Delivery) -> tuple:
    values = list(astuple(delivery))
    for place in _TIMES:
        values[place] = values[place] and microseconds(values[place])
    return tuple(values)


def _from_record(kept: tuple) -> Delivery:
    values = list(kept)
    for place in _TIMES:
        values[place] = values[place] and from_microseconds(values[place])
    return Delivery(*values)
