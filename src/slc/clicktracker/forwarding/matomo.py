"""``MatomoSender``: many page views at once, by Matomo's HTTP tracking API."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from slc.clicktracker.forwarding.http import ask
from slc.clicktracker.forwarding.http import InDoubt
from slc.clicktracker.forwarding.http import NotSent
from slc.clicktracker.forwarding.interfaces import HIDDEN
from slc.clicktracker.forwarding.matomo_answer import settled
from slc.clicktracker.forwarding.problems import TOO_OLD
from slc.clicktracker.forwarding.rules import Naming
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import Settlement
from typing import Any
from urllib.parse import urlencode

import json


#: Without a token Matomo counts nothing that is older than 24 hours. Its clock may be
#: another one, and the request takes a while.
_OLDEST = timedelta(hours=23, minutes=50)

_JSON = "application/json"


@dataclass(frozen=True)
class MatomoSender:
    """``url`` is that of matomo.php; ``token`` may be empty. ``naming`` says whom hits are
    of, None that it is as it was when the page was viewed."""

    url: str
    site_id: str
    token: str = field(default="", repr=False)
    now: Callable[[], datetime] = utc_now
    batch: int = 100
    seconds: int = 30
    naming: Naming | None = field(default=None, repr=False)

    def send(self, hits: Sequence[Hit]) -> Settlement:
        """Send what Matomo would count, in one request; see ``Sender``."""
        oldest = self.now() - _OLDEST
        fresh = [hit for hit in hits if self.token or hit.at > oldest]
        old = tuple((hit.key, TOO_OLD) for hit in hits if hit not in fresh)
        if not fresh:
            return Settlement(aside=old)
        settlement = self._sent(fresh)
        return replace(settlement, aside=(*old, *settlement.aside))

    def preview(self, hits: Sequence[Hit]) -> str:
        """Return the request as it would be made; see ``Sender``."""
        body = self._body(hits, self.token and HIDDEN)
        return f"POST {self.url}\n{json.dumps(body, indent=2)}"

    def _sent(self, hits: Sequence[Hit]) -> Settlement:
        keys = tuple(hit.key for hit in hits)
        body = json.dumps(self._body(hits, self.token)).encode()
        try:
            answer = ask(self.url, self.seconds, body, _JSON)
        except InDoubt as error:
            aside = tuple((key, IN_DOUBT) for key in keys)
            return Settlement(aside=aside, problem=error.problem, detail=error.detail)
        except NotSent as error:
            return Settlement(back=keys, problem=error.problem, detail=error.detail)
        return settled(answer, keys, has_token=bool(self.token))

    def _body(self, hits: Sequence[Hit], token: str) -> dict[str, Any]:
        # Matomo passes over what doesn't begin with "?", and says nothing about it.
        body: dict[str, Any] = {
            "requests": [f"?{urlencode(self._values(hit))}" for hit in hits]
        }
        if token:
            body["token_auth"] = token
        return body

    def _values(self, hit: Hit) -> dict[str, str]:
        """Return what Matomo is told of one page view, or goal.

        Each page view that may be joined with no other is a visitor of its own: else
        Matomo would join all of them by the one address that they come from, ours.
        """
        visitor = sha256(f"matomo\n{hit.session or hit.key}".encode()).hexdigest()[:16]
        at = min(hit.at, self.now())
        values = {
            **{"idsite": self.site_id, "rec": "1", "apiv": "1", "send_image": "0"},
            **{
                "_id": visitor,
                "cid": visitor,
                "uid": self.naming.identity_of(hit) if self.naming else hit.identity,
            },
            **{"url": hit.url, "action_name": hit.title, "urlref": hit.referrer},
            **{"ua": hit.agent, "cdt": f"{at:%Y-%m-%d %H:%M:%S}"},
            **{"pv_id": hit.key[:6], "rand": hit.key[:16]},
        }
        if hit.goal:
            # With the number of a goal it is no page view, which "ca" says as well.
            values |= {"idgoal": hit.goal, "ca": "1", "action_name": "", "pv_id": ""}
        return {name: value for name, value in values.items() if value}
