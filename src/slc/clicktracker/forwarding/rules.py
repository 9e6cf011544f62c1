"""``ForwardRules``: what a door knows of a site whose page views are forwarded."""

from hashlib import sha256
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.visitors.networks import Networks
from typing import NamedTuple

import hmac


#: Whom the service is told that a member is.
NOBODY = ""
USER_ID = "user_id"
FULL_NAME = "full_name"
PSEUDONYM = "pseudonym"

#: Which visitors have to agree before something happens, as for scripts in pages.
NO_CONSENT = "none"
CONSENT_TO_ALL = "all"


class Naming(NamedTuple):
    """Whom a service is told that a member is: what ``by`` says, one of the above; ``key``
    is that of pseudonyms."""

    service: str
    by: str = NOBODY
    key: str = ""

    def identity(self, user: str, folder: str, name: str) -> str:
        """Return whom the service is told that somebody is; "" for nobody."""
        if not user:
            return ""
        if self.by == USER_ID:
            return user
        if self.by == FULL_NAME:
            return name
        if self.by == PSEUDONYM and self.key:
            return pseudonym_with(self.key, self.service, folder, user)
        return ""

    def identity_of(self, hit: Hit) -> str:
        """Return the same for a hit that has waited, by what is set now: nobody is named
        by a full name when that is to be a pseudonym. Who was not to be named when the
        page was viewed is not named now."""
        if not hit.identity:
            return ""
        return self.identity(hit.reader.user, hit.reader.folder, hit.identity)


class ForwardedTo(NamedTuple):
    """A service: ``internal`` are the addresses that it learns nothing of, the others are
    as for ``Naming``."""

    service: str
    internal: Networks
    identify_by: str = NOBODY
    key: str = ""

    def identity(self, user: str, folder: str, name: str) -> str:
        """Return whom the service is told that somebody is; "" for nobody."""
        naming = Naming(self.service, self.identify_by, self.key)
        return naming.identity(user, folder, name)


class ForwardRules(NamedTuple):
    """How page views are forwarded.

    ``site`` is the UID of the site, ``base`` its address as visitors know it. ``reads``
    says that it is the reads of tracked content that are forwarded, as no visits are
    recorded; ``signals`` that browsers count that ask not to be tracked. ``consent`` is
    the setting for all services.
    """

    site: str
    services: tuple[ForwardedTo, ...]
    base: str
    consent: str = NO_CONSENT
    signals: bool = False
    reads: bool = False


def pseudonym_with(key: str, purpose: str, folder: str, user: str) -> str:
    """Return what stands for a user, another one for each purpose."""
    message = "\n".join((purpose, folder, user)).encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(key), message, sha256).hexdigest()[:32]
