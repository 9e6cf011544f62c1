"""The number by which a service knows a site."""

from slc.clicktracker import _
from zope.schema import ValidationError

import re


#: No service has a site 0.
_NUMBER = re.compile("(?=.{1,20}$)0*[1-9][0-9]*")


class InvalidSiteId(ValidationError):
    __doc__ = _("A site ID consists of digits only, such as 12345678, and is not 0.")


def is_site_id(text: str) -> bool:
    """A constraint of fields: raises ``InvalidSiteId``."""
    if not is_site_number(text):
        raise InvalidSiteId(text)
    return True


def is_site_number(text: str | None) -> bool:
    """Is the whole text a number in digits of ASCII, and not 0?"""
    return isinstance(text, str) and bool(_NUMBER.fullmatch(text))
