"""SQL that lives in files, in blocks that begin with ``-- name: word``."""

from collections.abc import Hashable
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from sqlalchemy import text
from sqlalchemy import TextClause

import re


_NAME = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)
_PART = re.compile(r"\{(\w+)\}")

#: A text or name in quotes, which may look like the other.
_QUOTED_OR_COMMENT = re.compile(r"""('[^']*'|"[^"]*")|\s*--[^\n]*""")


class Queries:
    """The named statements of some files of a package; of all its SQL, where none is
    named.

    ``{word}`` in a statement stands for one of ``parts`` (what differs between
    databases, or an order out of a whitelist) or another block of the files.
    Values never get in that way: they are bound (``:word``). Comments are for who reads
    the files, no database is sent any.
    """

    def __init__(self, package: str, *names: str, parts: Mapping[str, str] = {}):
        self._parts = {**_blocks(package, *names), **parts}
        self._made = _made(package, names, tuple(sorted(parts.items())))

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


@cache
def _made(*_of: Hashable) -> dict[tuple, TextClause]:
    """Statements that were made of some files and parts: the same for all sites."""
    return {}


@cache
def _blocks(package: str, *names: str) -> Mapping[str, str]:
    folder = files(package)
    every = (file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    blocks: dict[str, str] = {}
    for name in names or every:
        pieces = _NAME.split(folder.joinpath(name).read_text("utf-8"))
        bodies = map(without_comments, pieces[2::2])
        blocks.update(zip(pieces[1::2], bodies, strict=True))
    return blocks


def without_comments(sql: str) -> str:
    """Return the SQL without what follows ``--`` in a line, outside of quotes."""
    return _QUOTED_OR_COMMENT.sub(lambda match: match[1] or "", sql).strip()
