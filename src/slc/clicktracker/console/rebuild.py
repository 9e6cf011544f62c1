"""``clicktracker rebuild``: make anew what reports are made of."""

from argparse import Namespace
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.interfaces import IReaderSets
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError


def _rebuild(options: Namespace) -> str:
    try:
        storage = storage_with(IReaderSets)
        if storage is None:
            return "its storage keeps nothing that could be made anew"
        storage.rebuild()
    except StorageError as error:
        raise Failed(f"the storage could not be used: {error}") from error
    return "what reports are made of was made anew"


REBUILD = Subcommand(
    name="rebuild",
    help="Make anew what reports are made of, from all that was recorded.",
    run=_rebuild,
    in_steps=True,
)
