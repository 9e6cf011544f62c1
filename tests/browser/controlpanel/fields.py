"""What the control panel says at a field."""

from html import unescape

import re


def of_field(name, page):
    """Return what the page says at a field, as text."""
    field = page.split(f'id="formfield-form-widgets-{name}"')[1]
    field = field.split("formfield-form-widgets-")[0]
    return " ".join(unescape(re.sub("<[^>]+>", " ", field)).split())
