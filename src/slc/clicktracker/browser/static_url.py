"""The addresses of our static files."""

from functools import cache
from hashlib import sha256
from pathlib import Path


_STATIC = Path(__file__).parent / "static"


def static_url(site_url: str, name: str) -> str:
    """Return where a file of ``static`` is, by an address that changes with it, so that
    browsers may keep it for good. Raises ``OSError`` for a file that there isn't."""
    return f"{site_url}/++plone++slc.clicktracker/++unique++{_id_of(name)}/{name}"


@cache
def _id_of(name: str) -> str:
    return sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
