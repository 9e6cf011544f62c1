"""The secret by which a service knows who tells it of page views."""

from slc.clicktracker import _
from zope.schema import ValidationError

import re


_LETTERS = re.compile("[0-9A-Za-z]{8,128}")


class InvalidSecret(ValidationError):
    __doc__ = _("A token or key has 8 to 128 letters and digits. Nothing was stored.")


def is_secret(text: str) -> bool:
    """A constraint of fields: raises ``InvalidSecret``, without the text."""
    if not _LETTERS.fullmatch(text):
        raise InvalidSecret()
    return True
