"""The address of a site on a command line, for links in mails."""

from argparse import ArgumentTypeError
from urllib.parse import urlsplit


def site_address(text: str) -> str:
    """Return it without a slash at the end. Raises ``ArgumentTypeError``."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ArgumentTypeError("give an address with http:// or https://")
    return text.rstrip("/")
