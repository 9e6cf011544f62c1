"""What rows are identified and compared by: hashes and folded texts."""

from hashlib import sha256
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader

import json


def identity(document: Document) -> str:
    """Return what a document is known by in its site: the UID, or the hash of
    the path of an old address (a path may be too long for an index)."""
    return document.uid or "path:" + sha256(document.path.encode()).hexdigest()


def url_key(url: str) -> str:
    """Return 32 hex digits for a URL, which may be too long for an index.

    The function ``clicktracker_url_key`` in ``sql/db.sql`` gives the same.
    """
    return sha256(url.encode()).hexdigest()[:32]


def name_key(reader: Reader) -> str:
    """Return what a reader is sorted and found by: the name, else the id."""
    return folded(reader.name or reader.user)


def id_key(reader: Reader) -> str:
    """Return the id as it is sorted and found by."""
    return folded(reader.user)


def account_key(site: str, reader: Reader) -> str:
    """Return 64 hex digits for an account of a site: only who has the list of members can
    try out whose it is."""
    account = json.dumps([site, reader.folder, reader.user])
    return sha256(account.encode()).hexdigest()
