"""Processes beside the one that shows the boxes, and what waits in them."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.sites.rules import site_rules
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.plain import plain

import secrets


def access(opened=None):
    opened = opened or datetime.now(timezone.utc)
    return Access(
        key=secrets.token_hex(16),
        issued=opened,
        opened=opened,
        seen=opened,
        document=Document("uid", "/plone/board/agenda", "Agenda"),
        reader=Reader("bob", "", "Bob Berger"),
        url="/board/agenda",
    )


def wait_in(process, age=0, number=1):
    """Let a process accept reads that arrived some seconds ago."""
    opened = datetime.now(timezone.utc) - timedelta(seconds=age)
    for _ in range(number):
        process.accept(site_rules(), plain(access(opened)))


def start(process):
    """Start both threads of a process, and let its writer do nothing."""
    process.writer.drain = lambda spools, go_on: None
    process.start()
    return process


def publish(process, **changes):
    """Let others know how a process is, by another name than ours."""
    process.spools.own.sites()
    values = vars(process.status()) | {"process": "other:7"} | changes
    process.spools.publish(type(process.status())(**values).to_json())


def silence(process):
    """No further word of its own."""
    process._stopping.set()
    process._watch.thread.join()
