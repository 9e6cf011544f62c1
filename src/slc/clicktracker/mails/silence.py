"""Why there is no mail for a subscription at present, in words."""

from slc.clicktracker import _
from zope.i18nmessageid import Message


NO_ACCOUNT = "no-account"
NO_ADDRESS = "no-address"
NOT_ALLOWED = "not-allowed"
STORAGE = "storage"

_WORDS = {
    NO_ACCOUNT: _("The account is not found among the members now."),
    NO_ADDRESS: _("The account has no valid email address."),
    NOT_ALLOWED: _("The member may no longer see who has read this."),
    STORAGE: _("The storage of this site doesn't know how far audiences are."),
}


def silence_in_words(reason: str) -> Message:
    """Return why, for a name of the above; "" for none."""
    return _WORDS.get(reason, reason)
