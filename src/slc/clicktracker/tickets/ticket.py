"""Tickets: the signed proof that a page was served.

A ticket says that *this document* in *this version* was served to *this user*
of *this site* at *this time*. Its text is ``<payload>.<signature>``: the
payload is a JSON list, the signature an HMAC-SHA256 over it, both in
URL-safe base64. Nothing here knows Plone; keys come as ``Keys``.
"""

from base64 import urlsafe_b64decode
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter

import binascii
import hmac
import json
import secrets


#: The site's rings rotate daily and hold five keys: after three days a key may
#: be gone although a ticket of it is younger than four.
LONGEST_LIFETIME = timedelta(hours=72)

_SIGN = b"slc.clicktracker ticket"
_BIND = b"slc.clicktracker binding"
_BINDING_BYTES = 12

#: Characters of a credential; what is bound to longer ones is not remembered.
_USUAL = 2000


class TicketError(ValueError):
    """The text is no ticket."""


class MalformedTicket(TicketError):
    """This is not what a ticket is (shortened, garbled, of no document)."""


class UnverifiedTicket(TicketError):
    """No known key signed this: forged, altered or older than the keys.

    ``claims`` is what it says. Believe it nothing but when it may have been issued.
    """

    def __init__(self, claims: "Ticket") -> None:
        super().__init__("no known key signed this ticket")
        self.claims = claims


@dataclass(frozen=True)
class Ticket:
    """What a ticket proves. ``url`` is relative to the site, with a leading slash.

    ``version``, ``digest`` and ``words`` are those of ``storage.model.Version``.
    ``path`` (physical, with the id of the site) and ``title`` are those of the
    document when the page was served. ``user`` is empty for anonymous visitors;
    ``folder`` is the path of the user folder, empty for the site's own;
    ``name`` the full name. ``binding`` ties the ticket to the log-in that got
    the page, empty where there is none to tie it to. ``fetched`` says that the
    script asked for it after the page was served. ``tracked`` is False where no reading
    is recorded: it proves a page view and nothing else, and may be of no document.
    ``visit`` is False where no page view is: the rules about visits leave its user out.

    Raises ``MalformedTicket`` if it is tracked without a document: nothing could be kept
    under it.
    """

    site: str
    document: str
    version: str
    digest: str
    words: int
    url: str
    path: str
    title: str
    user: str
    folder: str
    name: str
    issued: datetime
    fetched: bool = False
    tracked: bool = True
    visit: bool = True
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    binding: str = ""

    def __post_init__(self) -> None:
        if self.tracked and not self.document:
            raise MalformedTicket("it names no document")

    def may_be_signed_after(self, moment: datetime) -> bool:
        """Can its key be younger than that? What is of a page that caches share is the same
        for a whole day, and says when that began."""
        is_shared = not self.tracked and not self.user
        return self.issued > moment - timedelta(days=is_shared)

    def has_expired(self, now: datetime, lifetime: timedelta) -> bool:
        """Is it too old? ``lifetime`` is that of what proves a reading."""
        most = LONGEST_LIFETIME
        return now - self.issued > (min(lifetime, most) if self.tracked else most)


_NAMES = tuple(each.name for each in fields(Ticket))
_ISSUED = _NAMES.index("issued")

#: What the values of a payload are: the time is in milliseconds there.
_TYPES = tuple(int if each.type is datetime else each.type for each in fields(Ticket))

#: ``json.dumps`` would make an encoder of its own each time.
_written = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_read = json.JSONDecoder().decode

#: What ``astuple`` returns, which copies each value: that takes far longer.
_values = attrgetter(*_NAMES)


@dataclass(frozen=True, repr=False)
class Keys:
    """The secrets of one site, newest first; empty entries are left out.

    ``named`` signs tickets of logged-in users, ``anonymous`` those of others.
    """

    named: tuple[str, ...]
    anonymous: tuple[str, ...]

    @classmethod
    def of(cls, named: Iterable[str | None], anonymous: Iterable[str | None]) -> "Keys":
        return cls(tuple(filter(None, named)), tuple(filter(None, anonymous)))

    def ring(self, user: str) -> tuple[str, ...]:
        return self.named if user else self.anonymous


def issue(ticket: Ticket, keys: Keys, credential: str = "") -> str:
    """Return the signed text of a ticket, bound to ``credential`` if there is one.

    Raises ``LookupError`` when the site has no key to sign with.
    """
    ring = keys.ring(ticket.user)
    if not ring:
        raise LookupError("the site's keyring holds no key")
    values = list(_values(ticket))
    values[_ISSUED] = int(ticket.issued.timestamp() * 1000)
    values[-1] = _bind(ring[0], credential)
    payload = _encode(_written(values).encode("utf-8", "surrogatepass"))
    return f"{payload}.{_encode(_sign(ring[0], payload))}"


def verify(text: str, keys: Keys) -> tuple[Ticket, str]:
    """Return the ticket and the secret that signed it.

    Raises ``MalformedTicket`` or ``UnverifiedTicket``.
    """
    payload, _, signature = text.partition(".")
    ticket = _parse(payload)
    # As text: base64 has several spellings of the same bytes.
    given = signature.encode("utf-8", "surrogatepass")
    for secret in keys.ring(ticket.user):
        if hmac.compare_digest(given, _encode(_sign(secret, payload)).encode()):
            return ticket, secret
    raise UnverifiedTicket(ticket)


def is_bound(ticket: Ticket, secret: str, credential: str) -> bool:
    """Is the ticket tied to this very credential? Without any it is not."""
    return bool(credential) and hmac.compare_digest(
        ticket.binding.encode(), _bind(secret, credential).encode()
    )


def access_key(ticket: Ticket, view: str) -> str:
    """Return the key of the access that one page view with this ticket is.

    32 hex digits; the same ticket and view id always give the same.
    """
    return sha256(f"{ticket.nonce}\n{view}".encode()).hexdigest()[:32]


def _parse(payload: str) -> Ticket:
    try:
        values = _read(_decode(payload).decode("utf-8", "surrogatepass"))
        if tuple(map(type, values)) != _TYPES:
            raise MalformedTicket("the payload does not hold what a ticket holds")
        milliseconds = values[_ISSUED]
        values[_ISSUED] = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    except (ValueError, TypeError, OverflowError, OSError, RecursionError) as error:
        raise MalformedTicket("the payload can't be read") from error
    return Ticket(*values)


def _sign(secret: str, payload: str) -> bytes:
    return _mac(secret, _SIGN, payload)


def _bind(secret: str, credential: str) -> str:
    bound = _bound if len(credential) < _USUAL else _bound.__wrapped__
    return bound(secret, credential) if credential else ""


@lru_cache(maxsize=4096)
def _bound(secret: str, credential: str) -> str:
    """A log-in comes with every page and every message of a member."""
    return _encode(_mac(secret, _BIND, credential)[:_BINDING_BYTES])


def _mac(secret: str, purpose: bytes, text: str) -> bytes:
    mac = _keyed(secret, purpose).copy()
    mac.update(text.encode())
    return mac.digest()


@lru_cache(maxsize=256)
def _keyed(secret: str, purpose: bytes) -> hmac.HMAC:
    """Return the start of a MAC with the subkey for a purpose.

    To copy it takes less time than ``hmac.digest``, which also lets go of the
    interpreter's lock for each text: with several threads that costs far more.
    """
    subkey = hmac.digest(secret.encode(), purpose, "sha256")
    return hmac.new(subkey, digestmod="sha256")


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error
