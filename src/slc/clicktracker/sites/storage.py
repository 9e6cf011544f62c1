"""Which storage keeps the readings of a site."""

from App.config import getConfiguration
from dataclasses import dataclass
from pathlib import Path
from plone.registry.interfaces import IRegistry
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IClickTrackerSettings
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.backends import storage_for
from slc.clicktracker.storage.errors import RecordingOff
from threading import Lock
from typing import Any
from zope.component import getUtility
from zope.component import queryUtility
from zope.interface.interface import InterfaceClass

import os


DSN_RECORD = f"{IClickTrackerSettings.__identifier__}.dsn"

#: The value of CLICKTRACKER_DSN that switches recording off.
OFF = "off"


@dataclass(frozen=True)
class Address:
    """Where readings go. ``source`` says who says so.

    ``source`` is "utility" (a storage registered in ZCML), "environment",
    "product-config", "registry" or "default"; ``dsn`` is empty for the
    utility and for the SQLite file.
    """

    source: str
    dsn: str = ""

    @property
    def is_off(self) -> bool:
        return self.dsn == OFF

    @property
    def is_typed(self) -> bool:
        """Does it come from a browser, and not from who runs the server?"""
        return self.source == "registry"


_open: dict[str, tuple[Address, IClickStorage]] = {}
_lock = Lock()


def address() -> Address:
    """Return the address of the current site's storage; the first that is set wins."""
    if queryUtility(IClickStorage) is not None:
        return Address("utility")
    product_config = getattr(getConfiguration(), "product_config", None) or {}
    candidates = (
        ("environment", os.environ.get("CLICKTRACKER_DSN")),
        ("product-config", product_config.get("slc.clicktracker", {}).get("dsn")),
        ("registry", stored_dsn()),
    )
    for source, dsn in candidates:
        if dsn and dsn.strip():
            return Address(source, dsn.strip())
    return Address("default")


def stored_dsn() -> str:
    """Return the DSN in the site's registry, or ""."""
    registry = queryUtility(IRegistry)
    return (registry.get(DSN_RECORD) if registry is not None else None) or ""


def store_dsn(dsn: str | None) -> None:
    """Put a DSN into the site's registry, or None to use the SQLite file."""
    getUtility(IRegistry)[DSN_RECORD] = dsn


def is_recording() -> bool:
    """Is recording on, in this process and for the current site?"""
    return not address().is_off


def takes_batches() -> bool:
    """Does the current site's storage record batches, outside of requests?

    Where its address can't be understood it is one of ours all the same.
    """
    custom = queryUtility(IClickStorage)
    return custom is None or IAccessRecorder.providedBy(custom)


def recorder_of(site: str) -> IAccessRecorder | None:
    """Return what records the accesses of a site, as far as this process knows.

    None before a request of the site has asked for its storage, and while
    recording is off. Needs no site and no ZODB connection.
    """
    _place, storage = _open.get(site, (None, None))
    return storage if IAccessRecorder.providedBy(storage) else None


def site_storage() -> IClickStorage:
    """Return the storage of the current site, the same one to every thread.

    A changed address takes effect with the next call; sites never share a
    storage, so that they never share a connection. Raises
    ``storage.errors.RecordingOff`` where recording is switched off, and
    ``InvalidAddress`` for a DSN that can't be used.
    """
    place = address()
    custom = queryUtility(IClickStorage)
    site = document_uid(getUtility(ISiteRoot))
    with _lock:
        known, storage = _open.get(site, (None, None))
        if known == place and custom in (None, storage):
            return storage
        if place.is_off:
            _open.pop(site, None)
            fresh = None
        else:
            fresh = storage_at(place, site) if custom is None else custom
            _open[site] = place, fresh
    if storage is not None and known.source != "utility":
        storage.close()
    if fresh is None:
        raise RecordingOff(
            f"Recording is switched off for this instance ({place.source})."
        )
    return fresh


def storage_with(*capabilities: InterfaceClass) -> Any | None:
    """Return the storage of the current site, None where it lacks one of the
    capabilities, which are interfaces. Raises the same as ``site_storage``."""
    storage = site_storage()
    return storage if all(each.providedBy(storage) for each in capabilities) else None


def storage_at(place: Address, site: str) -> IClickStorage:
    """Return a new storage for an address that is no utility, and not "off". Nothing is
    connected."""
    return storage_for(place.dsn or sqlite_path(), site, place.is_typed)


def sqlite_path() -> Path:
    """Return the file for readings where no database is set.

    ``CLICKTRACKER_SQLITE`` in the environment, ``sqlite`` in
    ``<product-config slc.clicktracker>``, else ``clicktracker/readings.sqlite``
    in the instance's ``var``.
    """
    return _configured("sqlite") or _folder() / "readings.sqlite"


def spool_folder() -> Path:
    """Return the folder for what is acknowledged and not in a storage yet.

    ``CLICKTRACKER_SPOOL`` in the environment, ``spool`` in
    ``<product-config slc.clicktracker>``, else ``clicktracker`` in the instance's
    ``var``. It has to be on a local disk that outlives the process.
    """
    return _configured("spool") or _folder()


def _configured(name: str) -> Path | None:
    product_config = getattr(getConfiguration(), "product_config", None) or {}
    configured = os.environ.get(f"CLICKTRACKER_{name.upper()}") or product_config.get(
        "slc.clicktracker", {}
    ).get(name)
    return Path(configured) if configured else None


def _folder() -> Path:
    return Path(getConfiguration().clienthome) / "clicktracker"
