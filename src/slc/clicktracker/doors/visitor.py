"""``Visitor``: what joins the page views of one visitor, as the request has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from slc.clicktracker.tickets.credential import USUAL
from slc.clicktracker.tickets.visit_rules import ALWAYS
from slc.clicktracker.tickets.visit_rules import CONSENT
from slc.clicktracker.tickets.visit_rules import VisitRules
from typing import Any
from ZPublisher.HTTPRequest import parse_cookie

import hmac
import re
import secrets


#: What a banner for consent sets, to "yes", when a visitor agrees, and removes, or sets
#: to anything else, when one doesn't agree any more.
CONSENT_COOKIE = "clicktracker_consent"
AGREED = "yes"

#: Seconds that the cookie lives, and is not prolonged: nobody is known for ever.
_LIFETIME = 30 * 24 * 3600

_RANDOM = re.compile("[0-9a-f]{32}")


@lru_cache(maxsize=100)
def guest_cookie(site: str) -> str:
    """Return what the cookie for guests of a site is called.

    It holds a random number and nothing else, and the browser shows it to no script. A
    cookie is of its host: sites on one host that called it the same would take it away
    from each other.
    """
    return f"clicktracker_visitor_{keyed(site, 'name of the cookie', '')[:8]}"


@dataclass(frozen=True)
class Visitor:
    """The cookie of a browser: ``known`` is the random number that it has sent, empty
    without one; ``set_cookie`` the header that the answer has to carry, if any, and
    ``offered`` the number in that."""

    known: str = ""
    set_cookie: str = ""
    offered: str = ""

    @classmethod
    def of(
        cls, environ: dict[str, Any], rules: VisitRules, site: str, is_guest: bool
    ) -> "Visitor":
        """Return what the request of a WSGI environment says, and what the site allows.

        A number that was never sent back joins nothing: many browsers refuse cookies.
        Members get none, as their log-in joins what they see.
        """
        name = guest_cookie(site)
        known, agreed = _cookies_in(environ, name)
        allowed = rules.guest_cookie == ALWAYS or (
            rules.guest_cookie == CONSENT and agreed
        )
        if allowed and (known or not is_guest):
            return cls(known)
        if not allowed and not known:
            return cls()
        # The server need not know of the TLS that a proxy in front of it speaks.
        origin = environ.get("HTTP_ORIGIN") or environ.get("wsgi.url_scheme", "")
        is_secure = origin.partition(":")[0] == "https"
        if not allowed:
            return cls("", _header(name, "", 0, is_secure))
        number = secrets.token_hex(16)
        return cls("", _header(name, number, _LIFETIME, is_secure), number)

    def session(self, site: str, user: str, folder: str, log_in: str) -> str:
        """Return what stands for this visitor in a site, 32 hex digits; "" where page
        views can't be joined.

        ``log_in`` is what the log-in of a member is known by, empty where it leaves
        nothing in a request: such a member has one session everywhere. Nobody can make
        the cookie or the log-in of it.
        """
        if self.known:
            return keyed(site, "cookie", self.known)
        if user:
            if not log_in:
                return lasting_session(site, user, folder)
            return keyed(site, "log-in", log_in)
        return ""

    def offered_session(self, site: str) -> str:
        """Return what stands for this visitor from now on, if the browser keeps the cookie
        that it is offered; "" where it is offered none."""
        return keyed(site, "cookie", self.offered) if self.offered else ""


def lasting_session(site: str, user: str, folder: str) -> str:
    """Return the one session of a member whose log-in leaves nothing in a request."""
    return keyed(site, "log-in", f"{folder}\n{user}")


def keyed(site: str, kind: str, text: str) -> str:
    """Return what stands in a site for something that only a browser knows."""
    made = _keyed if len(text) < USUAL else _keyed.__wrapped__
    return made(site, kind, text)


@lru_cache(maxsize=4096)
def _keyed(site: str, kind: str, text: str) -> str:
    message = f"{kind}\n{text}".encode("utf-8", "surrogatepass")
    return hmac.new(site.encode(), message, sha256).hexdigest()[:32]


def has_agreed(environ: Mapping[str, Any]) -> bool:
    """Has the visitor of a request agreed, as the banner for consent says?"""
    return _cookies_in(environ, "")[1]


def _cookies_in(environ: Mapping[str, Any], name: str) -> tuple[str, bool]:
    header = environ.get("HTTP_COOKIE", "")
    read = _cookies if len(header) < USUAL else _cookies.__wrapped__
    return read(header, name)


@lru_cache(maxsize=4096)
def _cookies(header: str, name: str) -> tuple[str, bool]:
    """Return the number in the cookie, and whether the visitor has agreed to it."""
    try:
        cookies = parse_cookie(header)
    except RecursionError:
        return "", False
    known = cookies.get(name, "")
    agreed = cookies.get(CONSENT_COOKIE) == AGREED
    return known if _RANDOM.fullmatch(known) else "", agreed


def _header(name: str, value: str, lifetime: int, is_secure: bool) -> str:
    secure = "; Secure" if is_secure else ""
    return f"{name}={value}; Max-Age={lifetime}; Path=/; HttpOnly; SameSite=Lax{secure}"
