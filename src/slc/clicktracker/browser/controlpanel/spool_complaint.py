"""Can this server keep reads? Asked before a browser finds out."""

from slc.clicktracker import _
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.sites.rules import collector_setting
from zope.i18nmessageid import Message

import os
import shutil


#: Bytes on the disk without which the spool's own files can't grow.
_LEAST_ROOM = 5_000_000

_MEGABYTE = 1_000_000


def complaint_about_spool(process: Collector) -> Message | None:
    """Return what is wrong, in words that say what to do, or None."""
    if trouble := _trouble(process):
        return _(
            "This server can't keep reads, so browsers are asked to try again: "
            "${error}. Free space on the disk, or correct the folder "
            "(CLICKTRACKER_SPOOL).",
            mapping={"error": trouble},
        )
    most = collector_setting("spool_limit")
    spools = process.spools
    if spools.own.size + spools.adopted_size >= most * _MEGABYTE:
        return _(
            "A process has reached its limit of ${limit} MB, so browsers are asked to "
            "try again. Repair the storage, or allow a larger spool in the form.",
            mapping={"limit": most},
        )
    return None


def _trouble(process: Collector) -> str:
    """Return what the file system says, "" where all is well."""
    folder = process.spools.folder
    try:
        process.spools.own.counts()
        free = shutil.disk_usage(folder).free
    except (SpoolUnavailable, OSError) as error:
        return str(error)
    if not os.access(folder, os.W_OK):
        return f"{folder} is not writable"
    return f"{folder} has {free} bytes left" if free < _LEAST_ROOM else ""
