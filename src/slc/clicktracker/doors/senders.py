"""Telling the forwarder of this process how page views are sent."""

from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.out_of_the_way import out_of_the_way
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.forwarding import senders
from slc.clicktracker.sites.uids import document_uid
from zope.component import getUtility


def tell_senders() -> None:
    """Let it know the services of the current site, by the settings as they are now. Who
    asks is about to keep a read: whatever goes wrong here is no reason to lose it."""
    with out_of_the_way():
        collector().forwarder.tell(document_uid(getUtility(ISiteRoot)), senders())
