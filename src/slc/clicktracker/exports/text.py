"""Text that any file of a report can hold."""

import re


# What XML 1.0 can't hold, nor any editor show. A tab and the end of a line it can.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def file_text(text: str) -> str:
    """Return text without control characters and lone surrogates, lines ending as in
    Unix."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("\ufffd", unix)
