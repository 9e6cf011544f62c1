"""The addresses of our static files. Those of readers' scripts have the public name."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from slc.clicktracker.sites.public_name import script_path


_STATIC = Path(__file__).parent / "static"


def static_url(site_url: str, name: str) -> str:
    """Return where a file of ``static`` is, by an address that changes with it, so that
    browsers may keep it for good. Raises ``OSError`` for a file that there isn't."""
    folder, public = script_path(name)
    return f"{site_url}/{folder}/++unique++{_id_of(name)}/{public}"


@cache
def _id_of(name: str) -> str:
    return sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
