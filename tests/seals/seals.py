"""Seals that are made without a site."""

from slc.clicktracker.seals.keys import SealKey
from slc.clicktracker.seals.verify import canonical
from slc.clicktracker.seals.verify import commitment
from slc.clicktracker.seals.verify import digests_of
from slc.clicktracker.seals.verify import FORMAT
from slc.clicktracker.seals.verify import hash_of
from slc.clicktracker.seals.verify import public_key
from slc.clicktracker.seals.verify import signed_bytes


KEY = SealKey.made()
PUBLIC = public_key(KEY.public)

SALT = "5a" * 32
BOB = commitment(SALT, "", "bob", "Bob Bärger")
ALICE = commitment(SALT, "", "alice", 'Alice "A" Anders')

PEOPLE = {
    BOB: {"folder": "", "user": "bob", "name": "Bob Bärger", "salt": SALT},
    ALICE: {"folder": "", "user": "alice", "name": 'Alice "A" Anders', "salt": SALT},
}

PARTS = {
    "report": {
        "as_of": "2026-05-04T12:00:00.000000Z",
        "complete": True,
        "deadline": {"day": "2026-05-03", "zone": "UTC", "level": "acknowledged"},
    },
    "documents": [{"uid": "d1", "title": "Budget \t 2026", "text": "9a1b"}],
    "expected": [{"person": BOB, "able": True}, {"person": ALICE, "able": False}],
    "readings": [{"person": ALICE, "level": "finished", "count": 3}],
    "declarations": [{"kind": "deadline", "by": BOB, "reason": "the vote"}],
}


def seal(key=KEY, number=1, previous="", parts=PARTS, people=PEOPLE, timestamp=None):
    """Return a seal as a file, not written yet."""
    digests = {name: digests_of(name, part) for name, part in parts.items()}
    head = {
        "format": FORMAT,
        "site": {"uid": "s1", "title": "Board", "path": "/Plone"},
        "number": number,
        "previous": previous,
        "made": "2026-05-04T12:30:00.000000Z",
        "made_by": BOB,
        "as_of": "2026-05-04T12:00:00.000000Z",
        "about": {"uid": "d1", "title": "Budget", "path": "/Plone/budget"},
        "key": key.fingerprint,
        "nonce": "0f" * 16,
        "parts": {name: hash_of(canonical(its)) for name, its in digests.items()},
    }
    return {
        "format": FORMAT,
        "head": head,
        "signature": key.signature(signed_bytes(head)),
        "parts": parts,
        "digests": digests,
        "people": people,
        "timestamp": timestamp,
    }


def written(file):
    return canonical(file) + b"\n"
