"""``clicktracker seal-key``: make a key that reports are sealed with."""

from argparse import ArgumentParser
from argparse import Namespace
from pathlib import Path
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.seals.keys import SealKey

import os


def _seal_key(options: Namespace) -> str:
    key = SealKey.made()
    try:
        # Never one that is there: seals were made with it. Only the owner may read it.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(options.file, flags, 0o600), "w") as file:
            file.write(key.pem)
    except FileExistsError as error:
        raise Failed(f"There is a file {options.file} already.") from error
    except OSError as error:
        raise Failed(f"The file {options.file} can't be written: {error}") from error
    return (
        f"The private key is in {options.file}. Keep it secret, and keep a copy in a safe "
        f"place.\nLet the server have CLICKTRACKER_SEAL_KEY={options.file.resolve()}\n"
        f"The public key, for those who check seals:\n{key.public}\n"
        f"Its fingerprint: {key.fingerprint}"
    )


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where the private key is to be kept")


SEAL_KEY = Subcommand(
    name="seal-key",
    help="Make a private key that reports are sealed with, and say its public key.",
    run=_seal_key,
    add_arguments=_add_arguments,
    without_site=True,
)
