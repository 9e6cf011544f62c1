"""``OwnCalendar``: where the calendar of the current user finds their deadlines."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.sites.calendar_secrets import calendar_secret
from slc.clicktracker.sites.calendar_secrets import make_calendar_secret
from slc.clicktracker.sites.calendar_secrets import withdraw_calendar_secret
from slc.clicktracker.sites.rules import current_user
from urllib.parse import urlencode
from zope.i18nmessageid import Message


#: The name of the file.
FEED = "my-deadlines.ics"

NOTHING_CHANGED = _("Nothing was changed.")


class OwnCalendar:
    """Each sees and changes one's own address alone."""

    @property
    def is_offered(self) -> bool:
        """Can there be a private address? Not for accounts of Zope's root."""
        return bool(self._member)

    @property
    def file(self) -> str:
        """The address for who is logged in."""
        return f"{api.portal.get().absolute_url()}/@@{FEED}"

    @property
    def private_address(self) -> str:
        """The address with the secret, "" where there is none."""
        user = self._member
        secret = calendar_secret(user) if user else ""
        if not secret:
            return ""
        return f"{self.file}?{urlencode({'member': user, 'token': secret})}"

    def make(self) -> Message:
        """Make a private address, in place of the one before; return what was done."""
        if not self._member:
            return NOTHING_CHANGED
        make_calendar_secret(self._member)
        return _("Give the address below to your calendar, and to nobody else.")

    def withdraw(self) -> Message:
        """Take the private address back; return what was done."""
        if self._member and withdraw_calendar_secret(self._member):
            return _("The private address doesn't work any more.")
        return NOTHING_CHANGED

    @property
    def _member(self) -> str:
        """The id of a member of the site, "" for others."""
        user, folder = current_user()
        return "" if folder else user
