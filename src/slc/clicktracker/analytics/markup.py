"""Markup for services, in which no value can be anything but data."""

from html import escape
from typing import Any

import json
import re


def script_tag(src: str, data: dict[str, Any]) -> str:
    """Return a script element without a line of script in it.

    The file finds the data in ``document.currentScript.dataset.page``. As JSON in ASCII and
    in an attribute they can end neither a string, the element nor a comment.
    """
    written = json.dumps(data, allow_nan=False, sort_keys=True)
    return f'<script defer src="{escape(src)}" data-page="{escape(written)}"></script>'


def image_without_script(src: str) -> str:
    """Return an image that only browsers without scripts fetch."""
    image = f'<img src="{escape(src)}" alt="" width="1" height="1" />'
    return f"<noscript>{image}</noscript>"


def comment(title: str) -> str:
    """Return what an internal visitor gets instead of a service."""
    known = re.sub(r"[^\w .]", "", title)
    return f"<!-- {known}: switched off for internal addresses -->"
