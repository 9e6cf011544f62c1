"""SQL that lives in files, in blocks that begin with ``-- name: word``."""

from collections.abc import Mapping
from importlib.resources import files
from sqlalchemy import text
from sqlalchemy import TextClause

import re


_NAME = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)
_PART = re.compile(r"\{(\w+)\}")


class Queries:
    """The named statements of one file, or of several.

    ``{word}`` in a statement stands for one of ``parts`` (what differs between
    databases, or an order out of a whitelist) or another block of the files.
    Values never get in that way: they are bound (``:word``).
    """

    def __init__(self, package: str, *names: str, parts: Mapping[str, str] = {}):
        texts = [files(package).joinpath(name).read_text("utf-8") for name in names]
        source = "\n".join(texts)
        pieces = _NAME.split(source)[1:]
        bodies = (body.strip() for body in pieces[1::2])
        blocks = dict(zip(pieces[::2], bodies, strict=True))
        self._parts = {**blocks, **parts}
        self._made: dict[tuple, TextClause] = {}

    def sql(self, name: str, **parts: str) -> str:
        """Return the text of a statement; ``KeyError`` for an unknown word."""
        known = {**self._parts, **parts}

        def filled(match: re.Match) -> str:
            return _PART.sub(filled, known[match[1]])

        return _PART.sub(filled, known[name])

    def get(self, name: str, **parts: str) -> TextClause:
        """Return a statement for SQLAlchemy."""
        key = (name, *sorted(parts.items()))
        if key not in self._made:
            self._made[key] = text(self.sql(name, **parts))
        return self._made[key]
