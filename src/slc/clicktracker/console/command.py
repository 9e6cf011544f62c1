"""``clicktracker``: what is done from the server's console, a subcommand for each task.

``clicktracker --conf instance/etc/zope.conf clean-up`` starts Zope as ``zconsole run``
does, without a server, and works in all sites that have the add-on, or in one.
"""

from argparse import ArgumentParser
from argparse import Namespace
from collections.abc import Iterator
from OFS.Application import Application
from pathlib import Path
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.console.clean_up import CLEAN_UP
from slc.clicktracker.console.forget import FORGET
from slc.clicktracker.console.forward import FORWARD
from slc.clicktracker.console.lift_bans import LIFT_BANS
from slc.clicktracker.console.rebuild import REBUILD
from slc.clicktracker.console.remind import REMIND
from slc.clicktracker.console.seal_key import SEAL_KEY
from slc.clicktracker.console.send_summaries import SEND_SUMMARIES
from slc.clicktracker.console.snapshot import SNAPSHOT
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.verify import VERIFY
from slc.clicktracker.sites.installed import is_installed
from slc.clicktracker.sites.installed import plone_sites
from zc.lockfile import LockError
from zope.component.hooks import setSite
from Zope2.utilities.zconsole import runscript

import sys
import transaction


SUBCOMMANDS = (
    CLEAN_UP,
    FORGET,
    FORWARD,
    LIFT_BANS,
    REBUILD,
    REMIND,
    SEAL_KEY,
    SEND_SUMMARIES,
    SNAPSHOT,
    VERIFY,
)

#: What ``zconsole`` runs: it calls ``in_zope``.
_SCRIPT = Path(__file__).parent / "script.py"


def main() -> None:
    """Do what the command line says, in the Zope of its configuration file."""
    options = _options()
    if options.without_site:
        _run_without_site(options)
        return
    if not options.conf.is_file():
        sys.exit(
            f"There is no file {options.conf}: name the zope.conf of your instance, as "
            "in clicktracker --conf instance/etc/zope.conf"
        )
    try:
        runscript(str(options.conf), str(_SCRIPT))
    except LockError as error:
        sys.exit(
            f"The database is in use ({error}). Stop the server first, or keep the "
            "database where several processes can use it (ZEO, RelStorage)."
        )


def in_zope(app: Application) -> None:
    """Do it, now that Zope has started: ``app`` is its root."""
    options = _options()
    sites = list(_sites(app, options.site))
    if not sites:
        sys.exit(f"There is no site with the add-on {options.site or 'in this Zope'}.")
    failed = False
    for site in sites:
        setSite(site)
        try:
            said = _run(options)
        except Failed as error:
            # What can't be done in one site may be done in the others.
            failed, said = True, f"not done, {error}"
        except KeyboardInterrupt:
            sys.exit("Stopped. What was done is done; start it again for the rest.")
        finally:
            transaction.abort()
            setSite(None)
        print(f"{'/'.join(site.getPhysicalPath())}: {said}", flush=True)
    if failed:
        sys.exit(1)


def _run_without_site(options: Namespace) -> None:
    try:
        print(options.run(options))
    except Failed as error:
        sys.exit(str(error))


def _run(options: Namespace) -> str:
    if options.in_steps:
        return options.run(options)
    return transaction.manager.run(lambda: options.run(options), tries=3)


def _sites(app: Application, path: str | None) -> Iterator[PloneSite]:
    for site in plone_sites(app):
        if path in (None, "/".join(site.getPhysicalPath())) and is_installed(site):
            yield site


def _options() -> Namespace:
    """Return what the command line says; ``run`` does it in the current site, in a
    transaction, and says what was done."""
    parser = ArgumentParser(prog="clicktracker", description="Looks after tracking.")
    parser.add_argument(
        "--conf",
        type=Path,
        default=Path("etc/zope.conf"),
        help="the configuration file of Zope (else etc/zope.conf)",
    )
    parser.add_argument(
        "--site", help="the path of one site, as /Plone (else all with the add-on)"
    )
    chosen = parser.add_subparsers(title="subcommands", required=True)
    for subcommand in SUBCOMMANDS:
        one = chosen.add_parser(
            subcommand.name, help=subcommand.help, description=subcommand.help
        )
        subcommand.add_arguments(one)
        one.set_defaults(
            run=subcommand.run,
            in_steps=subcommand.in_steps,
            without_site=subcommand.without_site,
        )
    return parser.parse_args()
