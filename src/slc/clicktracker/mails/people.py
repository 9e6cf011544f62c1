"""Who gets a mail: a member of the site, at the address that the account has now."""

from dataclasses import dataclass
from email.utils import parseaddr
from plone import api
from typing import Any


@dataclass(frozen=True)
class Addressee:
    """A member as ``user`` of the site, with the ``address``, "" without a valid one, and the
    ``language`` of the mail."""

    user: Any
    address: str
    language: str


def addressee_of(user: str) -> Addressee | None:
    """Return a member of the current site, None for whoever is none."""
    folder = api.portal.get()["acl_users"]
    found = folder.getUserById(user)
    if found is None:
        return None
    member = api.user.get(userid=user)
    return Addressee(
        # Zope's security asks where a user is from.
        user=found.__of__(folder),
        address=valid_address(member.getProperty("email", "")),
        language=language_for(member.getProperty("language", "")),
    )


def valid_address(text: object) -> str:
    """Return one mail address, "" for what is none, or more than one."""
    address = text.strip() if isinstance(text, str) else ""
    is_one = parseaddr(address)[1] == address and address.isprintable()
    before, _at, behind = address.rpartition("@")
    return address if is_one and before and behind and " " not in address else ""


def language_for(wanted: object) -> str:
    """Return the language that a member wants, where the site has it, else the site's."""
    available = _setting("available_languages") or ()
    if isinstance(wanted, str) and wanted in available:
        return wanted
    return _setting("default_language") or "en"


def _setting(name: str) -> Any:
    return api.portal.get_registry_record(f"plone.{name}", default=None)
