"""Content that tests add."""

from plone import api

import base64
import transaction


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


def add(folder, portal_type, **fields):
    with api.env.adopt_roles(["Manager"]):
        content = api.content.create(folder, portal_type, **fields)
        if api.content.get_state(content, default=None) == "private":
            api.content.transition(content, "publish")
    transaction.commit()
    return content
