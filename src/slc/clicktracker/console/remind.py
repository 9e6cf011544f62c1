"""``clicktracker remind``: send the reminders of deadlines that are due, and tell content
rules what has become of deadlines."""

from argparse import ArgumentParser
from argparse import Namespace
from slc.clicktracker.console.site_address import site_address
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.reminders.run import run_reminders


def _remind(options: Namespace) -> str:
    report = run_reminders(options.url or "", only_says=options.dry_run)
    if not report.is_done:
        raise Failed(report.text)
    return report.text


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would be done"
    )
    parser.add_argument(
        "--url",
        type=site_address,
        help="the address of the site for links in mails, as https://intranet.example.org "
        "(else the one in the settings)",
    )


REMIND = Subcommand(
    name="remind",
    help="Remind people of deadlines by mail, and tell content rules of deadlines.",
    run=_remind,
    add_arguments=_add_arguments,
    in_steps=True,
)
