"""``clicktracker clean-up``: forget visitors, as the settings of the site say."""

from argparse import ArgumentParser
from argparse import Namespace
from collections.abc import Callable
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.acknowledgements.passwords import forget_old_failures
from slc.clicktracker.audience.cohorts import find_cohorts
from slc.clicktracker.console.clean_up_evidence import asked_of_evidence
from slc.clicktracker.console.clean_up_evidence import done_with_evidence
from slc.clicktracker.console.clean_up_evidence import finish_forgetting
from slc.clicktracker.console.clean_up_evidence import PATIENCE
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.interfaces import IOutbox
from slc.clicktracker.interfaces import IVisitRetention
from slc.clicktracker.sites.bans import drop_bans
from slc.clicktracker.sites.bans import old_bans
from slc.clicktracker.sites.clean_up import BANS
from slc.clicktracker.sites.clean_up import BATCH
from slc.clicktracker.sites.clean_up import CleanUp
from slc.clicktracker.sites.clean_up import drop_old_hits
from slc.clicktracker.sites.clean_up import EVENTS
from slc.clicktracker.sites.clean_up import EXPOSURES
from slc.clicktracker.sites.clean_up import forgotten
from slc.clicktracker.sites.clean_up import Kind
from slc.clicktracker.sites.clean_up import KINDS
from slc.clicktracker.sites.clean_up import limits
from slc.clicktracker.sites.clean_up import LOOKS
from slc.clicktracker.sites.clean_up import note_clean_up
from slc.clicktracker.sites.clean_up import remove_unused
from slc.clicktracker.sites.cohorts import keeps_events
from slc.clicktracker.sites.evidence_clean_up import evidence_limits
from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.sites.looks import drop_looks
from slc.clicktracker.sites.looks import old_looks
from slc.clicktracker.sites.openings import drop_openings
from slc.clicktracker.sites.openings import old_openings
from slc.clicktracker.sites.reasons import forget_old_reasons
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.visits import keeps_visits
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import utc_now

import time
import transaction


_TO_BE = "to be "

_WORDS = {
    "addresses": ("addresses", "shortened"),
    "page_views": ("page views", "removed"),
    "visits": ("visits", "removed"),
    LOOKS: ("looks at names", "removed"),
    EVENTS.name: ("events of members", "removed"),
    EXPOSURES.name: ("variants that members were shown", "removed"),
    BANS: ("bans that are over", "removed"),
}


def _clean_up(options: Namespace) -> str:
    has_visits, kept = keeps_visits(), evidence_limits(utc_now())
    if not (has_visits or keeps_events() or kept or to_be_forgotten()):
        if not options.dry_run:
            _forget_in_site(limits(utc_now()))
        return "its storage keeps no visits"
    try:
        storage = site_storage()
        if has_visits and not IVisitRetention.providedBy(storage):
            raise Failed("its storage can't forget visits")
        work = _asked if options.dry_run else _done
        return work(storage, KINDS if has_visits else (), kept)
    except StorageError as error:
        raise Failed(f"the storage could not be used: {error}") from error


def _asked(
    storage: IClickStorage, kinds: Sequence[Kind], kept: dict[str, datetime]
) -> str:
    """Say what would be done."""
    before = limits(utc_now())
    said = [
        _line(
            kind.name, getattr(storage, kind.count)(before[kind.name]), before, _TO_BE
        )
        for kind in kinds
    ]
    if IMemberEvents.providedBy(storage):
        name = EVENTS.name
        said.append(_line(name, storage.old_events(before[name]), before, _TO_BE))
    if IGoals.providedBy(storage):
        name = EXPOSURES.name
        said.append(_line(name, storage.old_exposures(before[name]), before, _TO_BE))
    said.append(_line(BANS, old_bans(before[BANS]), before, _TO_BE))
    looks = old_looks(before[LOOKS]) + old_openings(before[LOOKS])
    said.append(_line(LOOKS, looks, before, _TO_BE))
    return "".join(said) + asked_of_evidence(storage, kept)


def _done(
    storage: IClickStorage, kinds: Sequence[Kind], kept: dict[str, datetime]
) -> str:
    """Do it, and say what was done. Raises ``Failed`` with the same where somebody could
    not be forgotten. Nothing of it is in a transaction of Zope's but what
    the site itself keeps, at the end: other processes go on working meanwhile."""
    now = utc_now()
    before = limits(now)
    forgotten_people, problems = finish_forgetting(storage)
    numbers = {kind.name: _forget(storage, kind, before) for kind in kinds}
    removed, of_evidence = done_with_evidence(storage, kept)
    if kinds:
        remove_unused(storage, min(before["page_views"], before["visits"]))
    if kinds or kept:
        done = CleanUp(now, **numbers, **removed)
        transaction.manager.run(lambda: note_clean_up(done), tries=3)
    if IOutbox.providedBy(storage):
        # Where nothing is forwarded any more, nobody else removes what still waits.
        drop_old_hits(storage)
    if IMemberEvents.providedBy(storage):
        numbers[EVENTS.name] = _forget(storage, EVENTS, before)
        # Who is in which group, as accounts, groups and visits are now.
        transaction.manager.run(find_cohorts, tries=3)
    if IGoals.providedBy(storage):
        numbers[EXPOSURES.name] = _forget(storage, EXPOSURES, before)
    numbers |= _forget_in_site(before)
    said = "".join(_line(name, number, before) for name, number in numbers.items())
    said += of_evidence + forgotten_people
    if problems:
        raise Failed("\n  ".join((*problems, "all else was done:")) + said)
    return said


def _forget_in_site(before: dict[str, datetime]) -> dict[str, int]:
    """Forget what is old of that which the site itself keeps, whatever its storage does;
    return how many there were, by kind."""
    bans = transaction.manager.run(lambda: drop_bans(before[BANS]), tries=3)
    return {BANS: bans, LOOKS: _forget_looks(before[LOOKS])}


def _forget_looks(before: datetime) -> int:
    """Forget who has looked at single people, and who has opened lists of them."""
    done = 0
    for drop in (drop_looks, drop_openings):
        while dropped := transaction.manager.run(
            lambda drop=drop: drop(before, BATCH), tries=3
        ):
            done += dropped
    transaction.manager.run(forget_old_reasons, tries=3)
    transaction.manager.run(forget_old_failures, tries=3)
    return done


def _forget(
    storage: IClickStorage,
    kind: Kind,
    before: dict[str, datetime],
    clock: Callable[[], float] = time.monotonic,
) -> int:
    done, said = 0, clock()
    for number in forgotten(storage, kind, before[kind.name]):
        done += number
        if clock() - said >= PATIENCE:
            said = clock()
            print(_line(kind.name, done, before, "so far ").strip(), flush=True)
    return done


def _line(name: str, number: int, before: dict[str, datetime], how: str = "") -> str:
    what, done = _WORDS[name]
    return (
        f"\n  {what} before {before[name]:%Y-%m-%d %H:%M} UTC {how}{done}: {number:,}"
    )


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="only count what would be done"
    )


CLEAN_UP = Subcommand(
    name="clean-up",
    help="Forget readings, page views, visits and addresses that are older than the "
    "settings say.",
    run=_clean_up,
    add_arguments=_add_arguments,
    in_steps=True,
)
