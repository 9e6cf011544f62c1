"""What is done with the outbox in a database, within one transaction of one site."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.outbox.model import Aside
from slc.clicktracker.storage.outbox.model import Claim
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import KEPT
from slc.clicktracker.storage.outbox.model import OutboxState
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import CursorResult
from typing import Any
from uuid import uuid4

import json


#: The rows that statements are sent, see ``Dialect.rows``. In the SQL, {sent_hits} is a
#: query for those of "hits".
_HITS: Mapping[str, str] = {
    **{"service": "text", "key": "text", "at": "moment"},
    **{"folder": "text", "member": "text", "content": "text"},
}

#: What of a hit is JSON, as no database asks for it.
_CONTENT = ("url", "title", "identity", "session", "agent", "referrer", "goal")


def outbox_parts(dialect: Dialect) -> dict[str, str]:
    """Return what stands in the SQL for the rows that are sent."""
    return {"sent_hits": dialect.rows("hits", _HITS)}


class OutboxTransaction(SiteTransaction):
    """Puts, claims, settles and counts; see ``IOutbox``."""

    def put(self, hits: Sequence[Hit], now: datetime) -> None:
        rows = [_row(hit) for hit in hits if hit.at >= now - KEPT]
        if rows:
            self._run("add_site")
            self._run("put_hits", hits=self._sent(rows))

    def is_anything_due(self, service: str, now: datetime) -> bool:
        """Is there something to be done for a service, as far as can be seen without
        waiting for anybody?"""
        moment = self.dialect.moment(now)
        return self._of(service, "is_anything_due", now=moment).first() is not None

    def claim(
        self, service: str, most: int, lease: timedelta, now: datetime
    ) -> Claim | None:
        self._of(service, "add_service")
        found = self._of(service, "lock_service").first()
        if found is None or self._is_later(found.until, now):
            return None
        if found.claim:
            self._of(service, "doubt_hits", reason=IN_DOUBT)
        if self._is_later(found.due, now):
            return None
        hits = self.waiting(service, 1 if found.failures else most)
        token = uuid4().hex if hits else ""
        if hits:
            self._with_keys(service, "send_hits", (hit.key for hit in hits))
        until = self.dialect.moment(now + lease) if hits else None
        self._of(service, "claim_service", claim=token, until=until)
        return Claim(token, hits, found.failures) if hits else None

    def settle(
        self, service: str, claim: Claim, settlement: Settlement, now: datetime
    ) -> None:
        # First, so that nobody claims more before all is settled.
        self._of(service, "lock_service")
        aside: dict[str, list[str]] = {}
        for key, reason in settlement.aside:
            aside.setdefault(storable(reason, LIMITS["reason"]), []).append(key)
        for reason, keys in aside.items():
            self._with_keys(
                service, "set_hits_aside", keys, reason=reason, doubt=IN_DOUBT
            )
        self._with_keys(service, "put_hits_back", settlement.back, doubt=IN_DOUBT)
        counted = self._with_keys(service, "count_hits", settlement.counted)
        self._of(
            service,
            "settle_service",
            claim=claim.token,
            due=settlement.due and self.dialect.moment(settlement.due),
            problem=settlement.problem,
            detail=settlement.detail,
        )
        if counted:
            self._of(service, "add_sent", sent=counted, now=self.dialect.moment(now))

    def state(self, service: str) -> OutboxState:
        waiting = self._of(service, "count_waiting").one()
        known = self._of(service, "service_state").first()
        aside = tuple(
            Aside(row.reason, int(row.number), self.dialect.datetime(row.oldest))
            for row in self._of(service, "count_aside")
        )
        state = OutboxState(
            waiting=int(waiting.number),
            oldest=self._datetime(waiting.oldest),
            sending=int(self._of(service, "count_sending").scalar_one()),
            aside=aside,
        )
        if known is None:
            return state
        return OutboxState(
            **{
                **vars(state),
                "sent": int(known.sent),
                "last": self._datetime(known.last),
                "problem": known.problem,
                "detail": known.detail,
                "due": self._datetime(known.due),
            }
        )

    def send_again(self, service: str, reason: str) -> int:
        self._of(service, "make_service_due")
        return self._of(service, "send_hits_again", reason=reason).rowcount

    def discard(self, service: str, reason: str) -> int:
        return self._of(service, "discard_hits", reason=reason).rowcount

    def drop_old(self, most: int, now: datetime) -> int:
        before = self.dialect.moment(now - KEPT)
        return self._run("drop_old_hits", before=before, most=most).rowcount

    def forget(self, reader: Reader, until: datetime) -> None:
        """Remove what services were to be told of what somebody has done until a time."""
        self._run(
            "forget_hits",
            folder=reader.folder,
            member=reader.user,
            until=self.dialect.moment(until),
        )

    def waiting(self, service: str, most: int) -> tuple[Hit, ...]:
        return tuple(
            Hit(
                service=service,
                key=row.key,
                at=self.dialect.datetime(row.at),
                reader=Reader(row.member, row.folder),
                **json.loads(row.content),
            )
            for row in self._of(service, "waiting_hits", most=most)
        )

    def _is_later(self, moment: Any, now: datetime) -> bool:
        found = self._datetime(moment)
        return found is not None and found > now

    def _datetime(self, moment: Any) -> datetime | None:
        return None if moment is None else self.dialect.datetime(moment)

    def _with_keys(
        self, service: str, statement: str, keys: Iterable[str], **parameters: Any
    ) -> int:
        """Do something with the hits of these keys, and return how many they are."""
        listed = sorted(keys)
        if not listed:
            return 0
        sent = self.dialect.uids(listed)
        return self._of(service, statement, keys=sent, **parameters).rowcount

    def _of(self, service: str, statement: str, **parameters: Any) -> CursorResult:
        return self._run(
            statement, service=storable(service, LIMITS["service"]), **parameters
        )

    def _run(self, statement: str, **parameters: Any) -> CursorResult:
        return self.connection.execute(
            self.queries.get(statement), {"site": self.site, **parameters}
        )

    def _sent(self, rows: Sequence[Sequence[Any]]) -> str:
        return json.dumps(rows, default=self.dialect.moment)


def _row(hit: Hit) -> tuple:
    content = json.dumps({name: getattr(hit, name) for name in _CONTENT})
    who = hit.reader.folder, hit.reader.user
    return hit.service, hit.key, hit.at, *who, content
