"""Spools that a test writes by itself."""

from collections.abc import Iterable
from pathlib import Path
from slc.clicktracker.collector.ownership import Ownership
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.plain import plain
from tests.faults.site import SITE

import math


def spool_of_an_ended_process(
    folder: Path, accesses: Iterable[Access], damaged: Iterable[bytes] = ()
) -> None:
    """Leave a spool with these accesses, and what is no access any more."""
    ownership = Ownership.new(folder)
    spool = Spool(ownership.name.with_suffix(".sqlite"))
    for record in (*(packed(plain(one)) for one in accesses), *damaged):
        spool.append(SITE, record, False, math.inf)
    spool.close()
    ownership.release()
