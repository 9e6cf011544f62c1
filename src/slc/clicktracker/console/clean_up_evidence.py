"""What ``clicktracker clean-up`` does with readings, declarations and people who are to be
forgotten."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker.collector.pieces import PiecesUnavailable
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.declarations.retention import drop_declarations
from slc.clicktracker.declarations.retention import old_declarations
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IReadingRetention
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.sites.clean_up import BATCH
from slc.clicktracker.sites.clean_up import PAUSE
from slc.clicktracker.sites.evidence_clean_up import DECLARATIONS
from slc.clicktracker.sites.evidence_clean_up import EVIDENCE_KINDS
from slc.clicktracker.sites.files_of_people import sweep_quarantine
from slc.clicktracker.sites.forgetting import CannotForget
from slc.clicktracker.sites.forgetting import forget_in_site
from slc.clicktracker.sites.forgetting import forget_in_storage
from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.sites.forgetting import ToBeForgotten
from slc.clicktracker.storage.errors import StorageError

import time
import transaction


#: Seconds between two lines about long work.
PATIENCE = 5.0

_WORDS = {
    "accesses": "single page views of documents",
    "opened": "readings that prove little",
    "engaged": "readings that prove more",
    "days": "days of documents",
    DECLARATIONS: "declarations that ended",
}


def asked_of_evidence(storage: IClickStorage, limits: dict[str, datetime]) -> str:
    """Say what would be removed, and who would be forgotten."""
    _check(storage, limits)
    said = [
        _line(kind.name, kind.count(storage, limits[kind.name]), limits, "to be ")
        for kind in EVIDENCE_KINDS
        if kind.name in limits
    ]
    if DECLARATIONS in limits:
        number = old_declarations(limits[DECLARATIONS])
        said.append(_line(DECLARATIONS, number, limits, "to be "))
    if waiting := len(to_be_forgotten()):
        said.append(f"\n  people to be forgotten: {waiting:,}")
    return "".join(said)


def done_with_evidence(
    storage: IClickStorage,
    limits: dict[str, datetime],
    clock: Callable[[], float] = time.monotonic,
) -> tuple[dict[str, int], str]:
    """Remove it, and return how many there were of what a ``CleanUp`` counts, and what is
    said of it."""
    _check(storage, limits)
    numbers = {}
    for kind in EVIDENCE_KINDS:
        if kind.name in limits:
            batches = kind.drop(storage, limits[kind.name], BATCH)
            numbers[kind.name] = _counted(kind.name, batches, limits, clock)
    if DECLARATIONS in limits:
        batches = _declarations(limits[DECLARATIONS])
        numbers[DECLARATIONS] = _counted(DECLARATIONS, batches, limits, clock)
    said = "".join(_line(name, number, limits) for name, number in numbers.items())
    removed = {
        "accesses": numbers.get("accesses", 0),
        "readings": numbers.get("opened", 0) + numbers.get("engaged", 0),
        "days": numbers.get("days", 0),
        "declarations": numbers.get(DECLARATIONS, 0),
    }
    return removed, said


def finish_forgetting(storage: IClickStorage) -> tuple[str, list[str]]:
    """Forget who was to be forgotten before, and in the files of this host who was
    forgotten anywhere. Return what is said of it, and what could not be done: somebody
    who can't be forgotten keeps nobody else on the list, and nothing from being removed."""
    done, problems = 0, []
    for asked in to_be_forgotten():
        try:
            forget(asked)
            done += 1
        except Failed as error:
            problems.append(str(error))
    if IStorageMaintenance.providedBy(storage):
        try:
            sweep_quarantine(storage)
        except QuarantineUnavailable as error:
            problems.append(f"the quarantine could not be used: {error}")
    return f"\n  people forgotten: {done:,}" if done else "", problems


def forget(asked: ToBeForgotten) -> None:
    """Forget a person, who is remembered as one to be forgotten until that is done. Raises
    ``Failed``."""
    try:
        forget_in_storage(asked)
    except (
        CannotForget,
        PiecesUnavailable,
        QuarantineUnavailable,
        StorageError,
    ) as error:
        raise Failed(
            f"not everything of {asked.person.user} could be forgotten yet, clean-up "
            f"will try again: {error}"
        ) from error
    transaction.manager.run(lambda: forget_in_site(asked), tries=3)


def _check(storage: IClickStorage, limits: dict[str, datetime]) -> None:
    if limits.keys() - {DECLARATIONS} and not IReadingRetention.providedBy(storage):
        raise Failed("its storage can't forget readings")


def _declarations(before: datetime) -> Iterator[int]:
    while done := transaction.manager.run(
        lambda: drop_declarations(before, BATCH), tries=3
    ):
        yield done


def _counted(
    name: str,
    batches: Iterator[int],
    limits: dict[str, datetime],
    clock: Callable[[], float],
) -> int:
    """Do all batches, with a pause after each that is as long as it took, so that whoever
    waits for the storage gets it half of the time."""
    done, said, start = 0, clock(), time.monotonic()
    for number in batches:
        done += number
        time.sleep(max(PAUSE, time.monotonic() - start))
        if clock() - said >= PATIENCE:
            said = clock()
            print(_line(name, done, limits, "so far ").strip(), flush=True)
        start = time.monotonic()
    return done


def _line(name: str, number: int, limits: dict[str, datetime], how: str = "") -> str:
    moment = f"{limits[name]:%Y-%m-%d %H:%M}"
    return f"\n  {_WORDS[name]} before {moment} UTC {how}removed: {number:,}"
