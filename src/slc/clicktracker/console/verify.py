"""``clicktracker verify``: check sealed reports. ``seals/verify.py`` does it, also alone."""

from argparse import Namespace
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.seals.verify import add_arguments
from slc.clicktracker.seals.verify import verified

import sys


def _verify(options: Namespace) -> str:
    sys.exit(verified(options))


VERIFY = Subcommand(
    name="verify",
    help="Check sealed reports with a public key.",
    run=_verify,
    add_arguments=add_arguments,
    without_site=True,
)
