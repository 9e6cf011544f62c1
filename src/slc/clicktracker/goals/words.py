"""The words that lines about goals and splits are made of, and what is wrong with some."""

from slc.clicktracker import _
from slc.clicktracker.storage.text import is_blank

import re


#: No line is longer, and no name.
LONGEST_LINE = 500
LONGEST_NAME = 80

_SPACES = re.compile(r"\s+")

#: What nobody sees, or what turns round the text beside it.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff]"
)

#: What stands between names in a line can be in none.
_SEPARATORS = re.compile("[,;:]")


class InvalidLine(ValueError):
    """A line that can't be understood. The one argument is a message that says what to
    do."""


def seen(text: str) -> str:
    """Return text with a sign in the place of what nobody sees."""
    return _UNSEEN.sub("\ufffd", text)


def tidy(line: str) -> str:
    """Return a line with one space where there were several. Raises ``InvalidLine`` for
    one that is too long, or has what can't be seen in it."""
    if len(line) > LONGEST_LINE:
        raise InvalidLine(
            _(
                "A line can have ${number} characters at most. Shorten it.",
                mapping={"number": LONGEST_LINE},
            )
        )
    line = _SPACES.sub(" ", line).strip()
    if _UNSEEN.search(line):
        raise InvalidLine(_("This line contains invisible characters. Type it again."))
    return line


def goal_name(text: str) -> str:
    """Return the name of a goal. Raises ``InvalidLine``."""
    name = text.strip()
    if not name:
        raise InvalidLine(_("The name of the goal is missing."))
    if is_blank(name) or _SEPARATORS.search(name) or len(name) > LONGEST_NAME:
        raise InvalidLine(
            _(
                "“${name}” can't be the name of a goal. A name has ${number} "
                "characters at most, and no comma, semicolon or colon.",
                mapping={"name": name, "number": LONGEST_NAME},
            )
        )
    return name


def parts_of(said: str, separator: str) -> list[str]:
    """Return what stands between separators, and is not empty."""
    return list(filter(None, map(str.strip, said.split(separator))))
