"""Formats whose files are lines of text."""

from collections.abc import Callable
from collections.abc import Iterator
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.file_format import PART
from slc.clicktracker.exports.table import ExportTable
from typing import Any
from typing import BinaryIO


class TextFormat(FileFormat):
    """A format of which a row can be sent as soon as it is known."""

    is_streamed = True

    def texts(self, table: ExportTable) -> Iterator[str]:
        """Yield a file, some rows at once."""
        raise NotImplementedError

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        file.writelines(self.parts(table))

    def parts(self, table: ExportTable) -> Iterator[bytes]:
        gathered, size = [], 0
        for text in self.texts(table):
            gathered.append(text.encode())
            size += len(gathered[-1])
            if size >= PART:
                yield b"".join(gathered)
                gathered, size = [], 0
        if gathered:
            yield b"".join(gathered)


class ByKind(dict[type, Callable[[Any], str]]):
    """Functions for cells by their type, or by the nearest one that it is made of."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        base = next(base for base in kind.__mro__ if base in self)
        self[kind] = self[base]
        return self[kind]
