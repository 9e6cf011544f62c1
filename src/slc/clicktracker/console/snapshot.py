"""``clicktracker snapshot``: keep what is known of documents at their deadlines."""

from argparse import Namespace
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.snapshots.snapshot import DAY
from slc.clicktracker.snapshots.snapshot import DEADLINE
from slc.clicktracker.snapshots.state import NotKnown
from slc.clicktracker.snapshots.taking import take_due_snapshots
from slc.clicktracker.storage.errors import StorageError


def _snapshot(options: Namespace) -> str:
    try:
        taken = take_due_snapshots()
    except NotKnown as error:
        raise Failed("its storage can't tell who has read what") from error
    except StorageError as error:
        raise Failed(f"the storage could not be used: {error}") from error
    text = (
        f"snapshots taken: of deadlines that are over: {taken[DEADLINE]}, "
        f"of open ones for today: {taken[DAY]}"
    )
    if taken[""]:
        text += f", waiting for large files to be read: {taken['']}"
    return text


SNAPSHOT = Subcommand(
    name="snapshot",
    help="Keep who is expected to read what has a deadline, and who has, when it is over "
    "and once a day before.",
    run=_snapshot,
    in_steps=True,
)
