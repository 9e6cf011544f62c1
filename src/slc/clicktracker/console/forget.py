"""``clicktracker forget``: forget a person, wherever something is known of them."""

from argparse import ArgumentParser
from argparse import Namespace
from slc.clicktracker.console.clean_up_evidence import forget
from slc.clicktracker.console.subcommand import Failed
from slc.clicktracker.console.subcommand import Subcommand
from slc.clicktracker.settings.retention import ERASE
from slc.clicktracker.settings.retention import PSEUDONYMISE
from slc.clicktracker.sites.forgetting import ask_to_forget
from slc.clicktracker.sites.forgetting import known_of
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader

import sys
import transaction


def _forget(options: Namespace) -> str:
    person = Reader(options.user, options.folder)
    if not person.user:
        raise Failed("say who is to be forgotten, by user id")
    said = f"{person.user} is known with{_known(person)}"
    if options.dry_run:
        return said
    if not (options.yes or _is_sure(person, said)):
        return f"{person.user} was not forgotten"
    # Kept first: where it can't be done now, the next clean-up does it.
    asked = transaction.manager.run(lambda: ask_to_forget(person, options.way), tries=3)
    forget(asked)
    how = "" if asked.erase else f", and is now {asked.pseudonym}"
    return f"{person.user} was forgotten{how}"


def _known(person: Reader) -> str:
    try:
        traces, others = known_of(person)
    except StorageError as error:
        raise Failed(f"the storage could not be used: {error}") from error
    numbers = vars(traces) if traces else {}
    lines = [(name.replace("_", " "), number) for name, number in numbers.items()]
    # In the language of the code, as all that the command says.
    lines += [(title.default or str(title), number) for title, number in others]
    found = [f"\n  {what}: {number:,}" for what, number in lines if number]
    return "".join(found) or " nothing"


def _is_sure(person: Reader, said: str) -> bool:
    if not sys.stdin.isatty():
        raise Failed("nobody is asked here: say --yes if you are sure")
    print(f"{said}\nThis can't be undone.", flush=True)
    return input("Type the user id to go on: ") == person.user


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("user", help="the user id")
    parser.add_argument(
        "--folder",
        default="",
        help="the path of the user folder, as /acl_users for Zope's own accounts (else "
        "the site's)",
    )
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--pseudonymise",
        dest="way",
        action="store_const",
        const=PSEUDONYMISE,
        help="replace the name and the id by a random one; what was read is kept",
    )
    how.add_argument(
        "--erase",
        dest="way",
        action="store_const",
        const=ERASE,
        help="remove what was read",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only count what there is"
    )
    parser.add_argument("--yes", action="store_true", help="don't ask again")


FORGET = Subcommand(
    name="forget",
    help="Forget a person: their readings, visits, declarations and all else.",
    run=_forget,
    add_arguments=_add_arguments,
    in_steps=True,
)
