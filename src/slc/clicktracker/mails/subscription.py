"""``Subscription``: a member wants a summary of what is read in a place."""

from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.mails.rhythm import Rhythm


@dataclass(frozen=True)
class Subscription:
    """``user`` is the id of a member of the site itself, ``place`` the UID of content or
    of the site. ``base`` is the address of the site as the member sees it, for links in
    mails that a command sends. The address of the member is kept nowhere: it is asked
    for when a mail is sent."""

    id: str
    user: str
    place: str
    rhythm: Rhythm
    since: datetime
    base: str
