"""Run by ``zconsole run``: the demo site with members, documents, no limits.

So many members and documents as the last two words of the command line say.

What a beacon needs goes to ``var/benchmark.json``: the site's keys, the documents,
and a session cookie of each member.
"""

from App.config import getConfiguration
from demo import create_site
from pathlib import Path
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.session import tktauth
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.sites.rules import log_in_cookie
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.versions.visible import visible_version
from typing import Any
from zope.component.hooks import setSite

import binascii
import json
import os
import secrets
import sys
import transaction


_TEXT = "<p>What the board has to decide, and what speaks for it.</p>" * 40


def main(app: Any, members: int, documents: int) -> None:
    """Make the site and write the file."""
    create_site.main(app, with_readings=False)
    site = app.Plone
    setSite(site)
    for number in range(members):
        add_member(number)
    folder = site["board-meeting"]
    made = [add_document(folder, number) for number in range(documents)]
    # They stand for thousands.
    for name in ("reader_limit", "address_limit"):
        record = f"{ICollectorSettings.__identifier__}.{name}"
        api.portal.set_registry_record(record, 0)
    transaction.commit()
    write(
        {
            "site": document_uid(site),
            "keys": site_keys().named,
            "cookie": log_in_cookie().name,
            "documents": made,
            "members": [member(site, number) for number in range(members)],
        }
    )


def add_member(number: int) -> None:
    """Add one who can log in."""
    api.user.create(
        username=f"member-{number:03}",
        email=f"member-{number:03}@example.org",
        password=secrets.token_urlsafe(12),
        properties={"fullname": f"Member Number {number:03}"},
    )


def member(site: Any, number: int) -> dict[str, str]:
    """Return a member's id, full name and the cookie that the log-in form sets."""
    user = f"member-{number:03}"
    plugin = site.acl_users.session
    made = tktauth.createTicket(
        secret=plugin._getSigningSecret(user),
        userid=user,
        mod_auth_tkt=plugin.getProperty("mod_auth_tkt"),
    )
    cookie = binascii.b2a_base64(made).rstrip().decode()
    return {"user": user, "name": f"Member Number {number:03}", "cookie": cookie}


def add_document(folder: Any, number: int) -> dict[str, Any]:
    """Add a published document; return what a ticket says of it."""
    document = api.content.create(
        container=folder,
        type="Document",
        id=f"paper-{number:02}",
        title=f"Paper {number:02} of the meeting",
        text=RichTextValue(_TEXT, "text/html", "text/x-html-safe"),
    )
    api.content.transition(obj=document, transition="publish")
    path = "/".join(document.getPhysicalPath())
    version = visible_version(document)
    return {
        "document": document_uid(document),
        "version": version.label,
        "digest": version.digest,
        "words": version.words,
        "path": path,
        "title": document.Title(),
        "url": path.removeprefix("/Plone"),
    }


def write(found: dict[str, Any]) -> None:
    """Write the file, for nobody else to read: it holds the site's keys."""
    path = Path(getConfiguration().clienthome) / "benchmark.json"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(globals()["app"], *map(int, sys.argv[-2:]))
