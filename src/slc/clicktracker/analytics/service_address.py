"""``ServiceAddress``: where a service is that a site runs itself, as somebody typed it."""

from dataclasses import dataclass
from slc.clicktracker import _
from zope.schema import ValidationError

import re


_LONGEST = 500

# Each is matched against a part without its separators, of which there is one way to do so.
_LABEL = re.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_PORT = re.compile("[0-9]{1,5}")
_SEGMENT = re.compile("[A-Za-z0-9._~-]+")

_HTTPS = "https://"


class InvalidServiceAddress(ValidationError):
    __doc__ = _(
        "Enter a host, with port and path if needed, such as stats.example.org or "
        "www.example.org/matomo, without a slash at the end, “?”, “#” or a user name. "
        "Only https:// may come first."
    )


@dataclass(frozen=True)
class ServiceAddress:
    """Host, port and path; ``scheme`` is "https" where it was typed, else ""."""

    place: str
    scheme: str = ""

    @classmethod
    def of(cls, text: str) -> "ServiceAddress":
        """Return what a text means, or raise ``InvalidServiceAddress``. The time that it
        takes grows with the length of the text, and no faster."""
        if len(text) > _LONGEST:
            raise InvalidServiceAddress(text[:_LONGEST])
        has_scheme = text.lower().startswith(_HTTPS)
        place = text[len(_HTTPS) :] if has_scheme else text
        host, *path = place.split("/")
        name, *port = host.split(":")
        if not (
            all(map(_LABEL.fullmatch, name.split(".")))
            and _is_port(port)
            and all(map(_is_segment, path))
        ):
            raise InvalidServiceAddress(text)
        return cls(place, "https" if has_scheme else "")

    def url(self, https: bool) -> str:
        """Return the address; without ``https`` it takes the scheme of the page."""
        if https or self.scheme:
            return f"{_HTTPS}{self.place}"
        return f"//{self.place}"


def is_service_address(text: str) -> bool:
    """A constraint of fields: raises ``InvalidServiceAddress``."""
    return bool(ServiceAddress.of(text))


def _is_port(found: list[str]) -> bool:
    if not found:
        return True
    return (
        len(found) == 1
        and bool(_PORT.fullmatch(found[0]))
        and 0 < int(found[0]) < 65_536
    )


def _is_segment(text: str) -> bool:
    return bool(_SEGMENT.fullmatch(text)) and text not in (".", "..")
