"""What the screens of bans say."""

from slc.clicktracker import _


ABOUT = _("Addresses and networks that can't open any page of this site.")
ONCE_BANNED = _(
    "Until the ban ends, nobody from there can open any page of this site, logged in or "
    "not. They only see that they are banned."
)
NOBODY = _("Nobody is banned.")
