"""Telling the forwarder of this process how page views are sent."""

from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.forwarding import senders
from slc.clicktracker.sites.uids import document_uid
from zope.component import getUtility


def tell_senders() -> None:
    """Let it know the services of the current site, by the settings as they are now."""
    collector().forwarder.tell(document_uid(getUtility(ISiteRoot)), senders())
