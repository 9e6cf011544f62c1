"""The formats that a list can be had in."""

from slc.clicktracker.exports.comma_separated import CommaSeparated
from slc.clicktracker.exports.file_format import FileFormat
from slc.clicktracker.exports.json_document import JSONDocument
from slc.clicktracker.exports.workbook import ExcelWorkbook


#: In the order of the menu. Each has a view with its ending: for content, for what is
#: deleted (``browser/report/configure.zcml``), for visitors and for activities.
FORMATS: tuple[FileFormat, ...] = (CommaSeparated(), ExcelWorkbook(), JSONDocument())


def format_of(name: str) -> FileFormat:
    """Return the format whose ending a name has. Raises ``LookupError``."""
    ending = name.rpartition(".")[2]
    for each in FORMATS:
        if each.ending == ending:
            return each
    raise LookupError(ending)
