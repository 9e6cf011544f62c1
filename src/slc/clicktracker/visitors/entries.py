"""What the lines of a setting may be, and what is wrong with the others.

The functions are constraints of fields: they return True, or raise ``InvalidEntries``.
"""

from collections.abc import Callable
from collections.abc import Iterable
from os.path import isabs
from slc.clicktracker import _
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.visitors.networks import HostBitsSet
from slc.clicktracker.visitors.networks import InvalidNetwork
from slc.clicktracker.visitors.networks import network_of
from zope.i18nmessageid import Message
from zope.schema import ValidationError

import re


#: How many lines a message names, and how much of each.
_MOST = 10
_LONGEST = 60

_STATUS = re.compile("[1-5]([0-9]{2}|[xX]{2})")


class InvalidEntries(ValidationError):
    """Lines of a setting that mean nothing, named in a message."""

    def doc(self) -> Message:
        return self.args[0]


def are_paths(texts: Iterable[str]) -> bool:
    """Does each text name a place in the site?"""
    if wrong := _without(is_path, texts):
        raise InvalidEntries(
            _(
                "Not a path in the site: ${entries}. A path begins with “/” and "
                "contains no “?” or “#”.",
                mapping={"entries": _named(wrong)},
            )
        )
    return True


def are_keywords(texts: Iterable[str]) -> bool:
    """Has each text something that could be found in what a browser calls itself?"""
    if _without(is_keyword, texts):
        raise InvalidEntries(_("A keyword is empty, so it would match every browser."))
    return True


def are_statuses(texts: Iterable[str]) -> bool:
    """Does each text name a status of HTTP, or a class of them?"""
    if wrong := _without(is_status, texts):
        raise InvalidEntries(
            _(
                "Not a status: ${entries}. Enter a number like 404, or 5xx for all "
                "from 500 to 599.",
                mapping={"entries": _named(wrong)},
            )
        )
    return True


def are_networks(texts: Iterable[str]) -> bool:
    """Does each text name an address or a network?"""
    complaints = list(_complaints_about_networks(texts))
    if len(complaints) > 1:
        first, second = complaints
        both = _("${complaint} ${other}", mapping={"complaint": first, "other": second})
        raise InvalidEntries(both)
    if complaints:
        raise InvalidEntries(*complaints)
    return True


def _complaints_about_networks(texts: Iterable[str]) -> Iterable[Message]:
    wrong, addresses, meant = [], [], []
    for text in texts:
        try:
            network_of(text)
        except HostBitsSet as error:
            addresses.append(text)
            meant.append(error.meant)
        except InvalidNetwork:
            wrong.append(text)
    if wrong:
        yield _(
            "Neither a network nor an address: ${entries}. Enter an address like "
            "192.0.2.7 or 2001:db8::7, or a network like 192.0.2.0/24.",
            mapping={"entries": _named(wrong)},
        )
    if addresses:
        yield _(
            "An address with the size of a network: ${entries}. Enter ${networks} for "
            "the whole network, or only the address, without the slash and what "
            "follows.",
            mapping={
                "entries": _named(addresses),
                "networks": ", ".join(meant[:_MOST]),
            },
        )


def is_file(text: str) -> bool:
    """Is it the whole path of a file, wherever a process was started?"""
    if "\0" in text or not isabs(text):
        raise InvalidEntries(
            _(
                "Not the full path of a file: ${entries}. It must begin with “/” or, "
                "on Windows, with the letter of the drive.",
                mapping={"entries": _named([text])},
            )
        )
    return True


def is_path(text: str) -> bool:
    text = text.strip()
    return text.startswith("/") and not re.search("[?#]", text)


def is_keyword(text: str) -> bool:
    return not is_blank(text)


def is_status(text: str) -> bool:
    return bool(_STATUS.fullmatch(text.strip()))


def is_network(text: str) -> bool:
    try:
        network_of(text)
    except InvalidNetwork:
        return False
    return True


def _without(is_right: Callable[[str], bool], texts: Iterable[str]) -> list[str]:
    return [text for text in texts if not is_right(text)]


def _named(texts: list[str]) -> str:
    """Return lines as a message names them, in quotes: there may be nothing in them."""
    named = [f'"{text[:_LONGEST]}{"…" * (len(text) > _LONGEST)}"' for text in texts]
    return ", ".join([*named[:_MOST], *["…"] * (len(named) > _MOST)])
