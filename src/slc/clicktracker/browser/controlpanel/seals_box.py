"""How it is with sealed reports, for the control panel."""

from collections.abc import Iterator
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.seals.chain import last_seal
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.keys import is_open_to_others
from slc.clicktracker.seals.keys import KeyUnusable
from slc.clicktracker.seals.keys import seal_key
from slc.clicktracker.seals.keys import SealKey
from slc.clicktracker.seals.keys import used_keys
from slc.clicktracker.seals.keys import UsedKey
from slc.clicktracker.seals.stamps import authority
from slc.clicktracker.seals.stamps import can_stamp
from zope.i18nmessageid import Message


#: Characters of a fingerprint that tell one key from another.
_SHORT = 16


@dataclass(frozen=True)
class SealsBox:
    """The ``key`` that seals are made with, None where there is none, and ``problem`` says
    why; the ``last`` seal; the address of the ``authority``, "" for none; all public keys
    that were ever ``used``. ``notices`` say what to do."""

    key: SealKey | None
    problem: Message | None
    last: Seal | None
    authority: str
    used: tuple[UsedKey, ...]
    notices: tuple[Notice, ...]

    @classmethod
    def now(cls) -> "SealsBox":
        """Look at what the server has, and at the current site."""
        key, problem = _key()
        last, service = last_seal(), authority()
        address = service.address if service else ""
        notices = tuple(_notices(problem, last, address))
        return cls(key, problem, last, address, tuple(used_keys()), notices)


def _key() -> tuple[SealKey | None, Message | None]:
    try:
        return seal_key(), None
    except KeyUnusable as error:
        return None, error.problem


def _notices(
    problem: Message | None, last: Seal | None, address: str
) -> Iterator[Notice]:
    if problem is not None and last is not None:
        names = {"number": last.number, "key": last.key[:_SHORT]}
        yield Notice(
            "danger",
            _(
                "Nothing can be sealed, because the key is missing. Seal ${number}, the "
                "last one, was made with the key ${key}. Give the server its key again, "
                "or make another one with clicktracker seal-key.",
                mapping=names,
            ),
        )
    if is_open_to_others():
        yield Notice(
            "warning",
            _(
                "Others on the server may read the file with the private key that reports "
                "are sealed with. Let only the user read it that runs the server."
            ),
        )
    if address and not can_stamp():
        yield Notice(
            "warning",
            _(
                "Seals get no time stamp, because the package rfc3161-client is not "
                "installed. Install slc.clicktracker[timestamps]."
            ),
        )
