"""What is deleted, as the tests of its screens know it."""

from plone import api

import transaction


LIST = "/@@clicktracker-deleted"
DOCUMENT = "/@@clicktracker-deleted-document"

#: All that there is about the readers of a deleted document, by the end of its address.
ENDINGS = ("", "-print", ".csv", ".xlsx", ".json", "-reader")


def delete(content):
    """Delete content; return its UID."""
    uid = content.UID()
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(content)
    transaction.commit()
    return uid


def report(uid, ending="", query=""):
    """Return the address of what there is about a deleted document."""
    return f"{DOCUMENT}{ending}?uid={uid}{query}"
