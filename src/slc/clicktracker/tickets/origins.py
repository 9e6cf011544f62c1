"""Which pages on other hosts may read what the doors answer."""

from dataclasses import dataclass
from typing import Any


#: What else than the body a page has to read: when it may try again.
_EXPOSED = "Retry-After"

_ALL = ("*",)


@dataclass(frozen=True)
class Origins:
    """``allowed`` are origins as browsers name them, as in ``https://www.example.org``;
    ``*`` alone is all of them. ``credentials`` says that their pages may send cookies."""

    allowed: tuple[str, ...] = ()
    credentials: bool = False

    def names(self, origin: str) -> bool:
        """Is this one of those that are allowed by name?"""
        return bool(origin) and self.allowed != _ALL and origin in self.allowed

    def headers_for(self, origin: str) -> list[tuple[str, str]]:
        """Return the headers by which a browser lets a page of an origin read an answer,
        none where it may not, and for the site's own, which names none."""
        if not (self.names(origin) or (origin and self.allowed == _ALL)):
            return []
        headers = [
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Expose-Headers", _EXPOSED),
            ("Vary", "Origin"),
        ]
        if self.credentials:
            headers.append(("Access-Control-Allow-Credentials", "true"))
        return headers


def is_preflight(environ: dict[str, Any]) -> bool:
    """Does a browser ask whether a page on another host may send something?"""
    return (
        environ.get("REQUEST_METHOD") == "OPTIONS"
        and bool(environ.get("HTTP_ORIGIN"))
        and bool(environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD"))
    )
