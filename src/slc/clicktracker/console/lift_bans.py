"""``clicktracker lift-bans``: let everybody in again who was banned."""

from argparse import Namespace
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.sites.bans import lift_all


def _lift_bans(options: Namespace) -> str:
    return f"bans lifted: {lift_all()}"


LIFT_BANS = Subcommand(
    name="lift-bans",
    help="Lift all bans, for people who have shut out themselves or everybody.",
    run=_lift_bans,
)
