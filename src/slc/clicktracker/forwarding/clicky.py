"""``ClickySender``: one page view after the other, by Clicky's logging API."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from slc.clicktracker.forwarding.http import Answer
from slc.clicktracker.forwarding.http import ask
from slc.clicktracker.forwarding.http import InDoubt
from slc.clicktracker.forwarding.http import NotSent
from slc.clicktracker.forwarding.interfaces import HIDDEN
from slc.clicktracker.forwarding.problems import BUSY
from slc.clicktracker.forwarding.problems import FAILS
from slc.clicktracker.forwarding.problems import OTHER_ANSWER
from slc.clicktracker.forwarding.problems import REDIRECTS
from slc.clicktracker.forwarding.problems import REFUSES
from slc.clicktracker.forwarding.problems import REJECTED
from slc.clicktracker.forwarding.problems import SECRET
from slc.clicktracker.forwarding.problems import TOO_OLD
from slc.clicktracker.forwarding.rules import Naming
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import Settlement
from urllib.parse import urlencode
from urllib.parse import urlsplit


LOGGING = "https://in.getclicky.com/in.php"

#: Clicky counts a page view when it hears of it, and can't be told when it was.
_OLDEST = timedelta(days=1)

#: The status of an answer that may be because of the one page view: it must not keep back
#: all that come after it.
_BECAUSE_OF_ONE = (400, 413, 414, 422)


class _Failed(Exception):
    """A page view was not counted, and the others are not tried. It is sent again, unless
    there is a ``reason`` to set it aside."""

    def __init__(self, problem: str, detail: str, reason: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.detail = detail
        self.reason = reason


@dataclass(frozen=True)
class ClickySender:
    """``key`` is the ``sitekey_admin``, which Clicky wants in the address. ``naming`` is as
    for ``MatomoSender``."""

    site_id: str
    key: str = field(repr=False)
    url: str = LOGGING
    now: Callable[[], datetime] = utc_now
    batch: int = 20
    seconds: int = 200
    naming: Naming | None = field(default=None, repr=False)
    _seconds_each: float = 10

    def send(self, hits: Sequence[Hit]) -> Settlement:
        """Send one after the other, until one fails; see ``Sender``."""
        oldest = self.now() - _OLDEST
        aside = [(hit.key, TOO_OLD) for hit in hits if hit.at <= oldest]
        fresh = [hit for hit in hits if hit.at > oldest]
        counted: list[str] = []
        for place, hit in enumerate(fresh):
            try:
                self._send_one(hit)
            except _Failed as error:
                back = [each.key for each in fresh[place:]]
                if error.reason:
                    aside.append((back.pop(0), error.reason))
                return Settlement(
                    counted=tuple(counted),
                    back=tuple(back),
                    aside=tuple(aside),
                    problem=error.problem,
                    detail=error.detail,
                )
            counted.append(hit.key)
        return Settlement(counted=tuple(counted), aside=tuple(aside))

    def preview(self, hits: Sequence[Hit]) -> str:
        """Return the requests as they would be made; see ``Sender``."""
        return "\n".join(f"GET {self._address(hit, HIDDEN)}" for hit in hits)

    def _send_one(self, hit: Hit) -> None:
        try:
            answer = ask(self._address(hit, self.key), self._seconds_each)
        except InDoubt as error:
            raise _Failed(error.problem, error.detail, IN_DOUBT) from error
        except NotSent as error:
            raise _Failed(error.problem, error.detail) from error
        if answer.status not in (200, 204):
            raise _failure(answer)

    def _address(self, hit: Hit, key: str) -> str:
        values = {
            **{"site_id": self.site_id, "sitekey_admin": key, "type": "pageview"},
            **{"session_id": _session(hit), "href": urlsplit(hit.url).path or "/"},
            **{"title": hit.title, "ref": hit.referrer, "ua": hit.agent},
            "custom[username]": (
                self.naming.identity_of(hit) if self.naming else hit.identity
            ),
        }
        if hit.goal:
            values |= {"type": "goal", "goal[id]": hit.goal, "title": ""}
        known = {name: value for name, value in values.items() if value}
        return f"{self.url}?{urlencode(known)}"


def _session(hit: Hit) -> str:
    """Return the number that Clicky joins page views by: no address, and for those that
    may not be joined another one each time. Some programs keep no larger ones."""
    digest = sha256(f"clicky\n{hit.session or hit.key}".encode()).digest()
    return str(int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1)


def _failure(answer: Answer) -> _Failed:
    detail = f"HTTP {answer.status}"
    if 300 <= answer.status < 400:
        return _Failed(REDIRECTS, detail)
    if answer.status in (401, 403):
        return _Failed(SECRET, detail)
    if answer.status in (429, 503):
        return _Failed(BUSY, detail)
    if answer.status in _BECAUSE_OF_ONE:
        return _Failed(REFUSES, detail, REJECTED)
    if 400 <= answer.status < 500:
        return _Failed(REFUSES, detail)
    problem = FAILS if answer.status >= 500 else OTHER_ANSWER
    return _Failed(problem, detail, IN_DOUBT)
