"""The number by which a service knows a site."""

from slc.clicktracker import _
from zope.schema import ValidationError

import re


_DIGITS = re.compile("[0-9]{1,20}")


class InvalidSiteId(ValidationError):
    __doc__ = _("A site ID consists of digits only, such as 12345678.")


def is_site_id(text: str) -> bool:
    """A constraint of fields: raises ``InvalidSiteId``."""
    if not has_digits_only(text):
        raise InvalidSiteId(text)
    return True


def has_digits_only(text: str | None) -> bool:
    """Is the whole text a number in digits of ASCII?"""
    return isinstance(text, str) and bool(_DIGITS.fullmatch(text))
