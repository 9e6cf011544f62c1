"""Text in the one form that every storage keeps the same."""

import re


#: Characters kept of each kind of text (a longer text is cut there).
LIMITS = {
    "key": 64,
    "origin": 16,
    "user": 255,
    "folder": 255,
    "name": 255,
    "uid": 64,
    "label": 64,
    "digest": 64,
    "title": 255,
    "path": 2048,
    "url": 2048,
    "place": 2048,
    "session": 64,
    "visit": 64,
    "address": 64,
    "agent": 500,
    "referrer": 2048,
    "query": 2048,
    "method": 16,
    "source": 16,
    "search": 255,
    "service": 64,
    "goal": 80,
    "split": 80,
    "variant": 80,
    "identity": 255,
    "problem": 64,
    "detail": 255,
    "reason": 64,
    "sentence": 4000,
    "language": 16,
    "way": 16,
    "why": 2000,
}

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_blank(text: str) -> bool:
    """Is there nothing to be seen in a text: no more than spaces, control characters,
    or what no storage keeps?"""
    return not any(
        each.isprintable() and not each.isspace() and each != "\ufffd" for each in text
    )


def storable(text: str | None, limit: int) -> str:
    """Return text that PostgreSQL, SQLite and UTF-8 all can keep unchanged.

    NUL and lone surrogates become U+FFFD, which keeps two ids apart from
    the one without them; what is longer than ``limit`` characters is cut.
    ``None`` is the empty text.
    """
    # Nearly always there is nothing to do, and this is asked for all that is read.
    plain = type(text) is str and text.isascii() and "\0" not in text
    if plain and len(text) <= limit:
        return text
    return _UNSTORABLE.sub("\ufffd", text or "")[:limit]
