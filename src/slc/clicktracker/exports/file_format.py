"""What a format of files has to do."""

from slc.clicktracker.exports.table import ExportTable
from typing import BinaryIO
from zope.i18nmessageid import Message


class FileFormat:
    """A format: the ``ending`` of its files, its ``title`` in menus, its type for HTTP."""

    ending: str
    title: Message
    content_type: str

    def write(self, file: BinaryIO, table: ExportTable) -> None:
        """Write a table into an open file. Raises ``table.TooManyRows``."""
        raise NotImplementedError
