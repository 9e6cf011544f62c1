"""What a format of files has to do."""

from collections.abc import Iterator
from slc.clicktracker.exports.table import ExportTable
from typing import BinaryIO
from zope.i18nmessageid import Message


#: Bytes that are sent at once: each part costs the server a little.
PART = 1 << 16


class FileFormat:
    """A format: the ``ending`` of its files, its ``title`` in menus, its type for HTTP."""

    ending: str
    title: Message
    content_type: str

    #: Can a file be sent while its last rows are still looked for?
    is_streamed = False

    #: Rows that a file can hold, None for any number.
    most_rows: int | None = None

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        """Write a table into an open file. Raises ``table.TooManyRows``."""
        raise NotImplementedError

    def parts(self, table: ExportTable) -> Iterator[bytes]:
        """Yield a file that ``is_streamed``, ``PART`` bytes or more at once, fewer only
        at its end. To be exhausted or closed."""
        raise NotImplementedError
