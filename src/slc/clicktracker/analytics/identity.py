"""Who is named to a service: as the page says, else the member."""

from AccessControl import getSecurityManager
from collections.abc import Mapping
from plone.registry.interfaces import IRecordModifiedEvent
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.page_data import IDENTITY
from slc.clicktracker.analytics.settings import setting
from slc.clicktracker.doors.page_ticket import full_name
from slc.clicktracker.sites.pseudonyms import make_pseudonym_key
from slc.clicktracker.sites.pseudonyms import pseudonym
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.storage.text import is_blank
from typing import Any


#: What Matomo keeps of a user id; a part of one could be somebody else.
_LONGEST = 200


def identity(name: str, said: Mapping[str, Any]) -> str | None:
    """Return who is named to the service ``name`` on a page of a member, if anybody is.

    A value that is there counts, None as well: then nobody is named.
    """
    for key in (f"{name}_{IDENTITY}", f"analytical_{IDENTITY}"):
        if key in said:
            return _acceptable(said[key], key)
    if not setting("auto_identify"):
        return None
    return _acceptable(_member(name, setting("identify_by")), f"{name}_{IDENTITY}")


def _member(name: str, by: str) -> str | None:
    user_id, folder = current_user()
    if not user_id:
        return None
    if by == "pseudonym":
        # Another one for each service, so that they can't be joined.
        return pseudonym(name, folder, user_id)
    if by == "full_name":
        return full_name()
    if by == "login":
        return getSecurityManager().getUser().getUserName()
    return user_id


def _acceptable(value: Any, key: str) -> str | None:
    """Return what names somebody; None for nobody."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or is_blank(value) or len(value) > _LONGEST:
        complain(key, "%s names nobody: it is no text of 1 to %d", key, _LONGEST)
        return None
    return value


def make_key(settings: Any, event: IRecordModifiedEvent) -> None:
    """When members are to be named by pseudonyms, make the key for them."""
    if event.newValue == "pseudonym":
        make_pseudonym_key()
