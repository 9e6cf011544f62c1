"""What the control panel says of the cookie for guests."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.doors.visitor import guest_cookie
from slc.clicktracker.sites.uids import document_uid


def cookie_notice() -> Notice:
    """Return what it is called, which consent banners have to know."""
    name = guest_cookie(document_uid(api.portal.get()))
    text = _(
        "On this site, the cookie for guests is called ${name}. You need this name for "
        "your consent banner.",
        mapping={"name": name},
    )
    return Notice("info", text)
