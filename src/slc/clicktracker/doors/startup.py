"""Telling the writer which storages there are, before anybody asks for a page."""

from plone.browserlayer.utils import registered_layers
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites.installed import plone_sites
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.errors import StorageError
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.processlifetime import IProcessStarting

import logging
import transaction
import Zope2


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


def tell_storages(event: IProcessStarting) -> None:
    """Open the storage of each site with the add-on, so that what an ended process
    has left can be stored although nobody visits the site.

    Opening connects to nothing yet.
    """
    app = Zope2.app()
    before = getSite()
    try:
        for site in plone_sites(app):
            try:
                setSite(site)
                if IClickTrackerLayer in registered_layers():
                    tell_storage()
            except Exception:
                # A site that is broken or waits for its migration: Zope starts all
                # the same, and its reads wait.
                logger.exception("The storage of %s is not known", site.getId())
    finally:
        setSite(before)
        transaction.abort()
        app._p_jar.close()


def tell_storage() -> None:
    """Let the writer know the storage of the current site.

    While its address can't be understood reads wait in the spool.
    """
    try:
        site_storage()
    except RecordingOff:
        return
    except StorageError as error:
        if _said.is_due(str(error)):
            logger.error(
                "Reads are kept on this server, as the address of the database is "
                "not usable: %s Correct it in Site Setup, ClickTracker Settings.",
                error,
            )
