"""A network that is banned by a manager, who comes through a trusted proxy."""

from slc.clicktracker.sites.bans import ban
from slc.clicktracker.visitors.bans import Caller

import transaction


PROXY = "127.0.0.1"
MANAGER = Caller("198.51.100.1", (PROXY,))
BANNED = "203.0.113.9"


def made(network=BANNED, note="", until=None):
    """Ban a network, for all processes."""
    assert ban(network, note, until, MANAGER)
    transaction.commit()
