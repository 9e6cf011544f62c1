"""Sealing a report, and handing it out."""

from plone import api
from slc.clicktracker.seals.chain import add_seal
from slc.clicktracker.seals.chain import body_of
from slc.clicktracker.seals.chain import last_seal
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.chain import SealBody
from slc.clicktracker.seals.chain import stamp_of
from slc.clicktracker.seals.commitments import Commitments
from slc.clicktracker.seals.commitments import opened
from slc.clicktracker.seals.content import iso
from slc.clicktracker.seals.content import sealed_parts
from slc.clicktracker.seals.keys import keep_used
from slc.clicktracker.seals.keys import seal_key
from slc.clicktracker.seals.verify import canonical
from slc.clicktracker.seals.verify import digests_of
from slc.clicktracker.seals.verify import FORMAT
from slc.clicktracker.seals.verify import hash_of
from slc.clicktracker.seals.verify import seal_hash
from slc.clicktracker.seals.verify import signed_bytes
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.as_of import AsOf
from slc.clicktracker.snapshots.people import NOBODY
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from typing import Any

import base64
import secrets


def seal_report(content: Any, found: AsOf) -> Seal:
    """Seal what can be said of a document at a moment, by the current user, now.

    Raises ``KeyUnusable``.
    """
    key, now, before = seal_key(), utc_now(), last_seal()
    commitments = Commitments(secrets.token_hex(16))
    parts = sealed_parts(content, found, commitments)
    by = Reader(*current_user())
    (made_by,) = commitments.add([(by, 0)])
    number = before.number + 1 if before else 1
    digests = {name: digests_of(name, part) for name, part in parts.items()}
    head = {
        "format": FORMAT,
        "site": _named(api.portal.get()),
        "number": number,
        "previous": before.hash if before else "",
        "made": iso(now),
        "made_by": made_by,
        "as_of": iso(found.moment),
        "about": _named(content),
        "key": key.fingerprint,
        "nonce": commitments.nonce,
        "parts": {name: hash_of(canonical(its)) for name, its in digests.items()},
    }
    file = {
        "format": FORMAT,
        "head": head,
        "signature": key.signature(signed_bytes(head)),
        "parts": parts,
        "digests": digests,
    }
    keep_used(key, now)
    seal = Seal(
        number=number,
        document=Document(**_named(content)),
        hash=seal_hash(head),
        previous=head["previous"],
        key=key.fingerprint,
        made=now,
        as_of=found.moment,
        by=by,
    )
    people = tuple(commitments.numbers.values())
    add_seal(seal, SealBody(file, people), commitments.numbers.get(made_by, NOBODY))
    return seal


def seal_file(seal: Seal) -> dict[str, Any]:
    """Return a seal as it is handed out: with the names of those whom the site still knows,
    and the time stamp, if there is one."""
    found, stamp = body_of(seal), stamp_of(seal)
    return {
        **found.file,
        "people": opened(found.file["head"]["nonce"], found.people),
        "timestamp": stamp
        and {
            "response": base64.b64encode(stamp).decode(),
            "sha256": hash_of(stamp),
        },
    }


def written(file: dict[str, Any]) -> bytes:
    """Return a file as its bytes."""
    return canonical(file) + b"\n"


def _named(content: Any) -> dict[str, str]:
    return {
        "uid": document_uid(content),
        "title": content.Title(),
        "path": "/".join(content.getPhysicalPath()),
    }
