"""What a browser is, by what it calls itself."""

from functools import lru_cache
from slc.clicktracker.storage.visits.model import Agent
from ua_parser import parse


#: Agents that are remembered: a text may have 500 characters.
_REMEMBERED = 1000


@lru_cache(_REMEMBERED)
def named(agent: str) -> Agent:
    """Return the names for a user agent; they are empty where nobody can tell."""
    found = parse(agent)
    kinds = (found.user_agent, found.os, found.device)
    return Agent(*(kind.family if kind else "" for kind in kinds))
