"""The demo site of a board that votes, in processes as on a server: ZEO, Zope, commands.

Their clock is put forward by a file. To start Zope takes most of the time of a command, so all
commands are forked from one process that has: ``python -m tests.functional.voting_site CONF
CLOCK``. Each line on its standard input, a number of commands and their arguments as JSON, is
answered by a line with what they said, and their exit statuses.
"""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from benchmarks.instances import clean_environment
from benchmarks.instances import running
from benchmarks.instances import shared
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import ExitStack
from pathlib import Path
from slc.clicktracker.console import command
from slc.clicktracker.seals.keys import SealKey
from tempfile import TemporaryFile
from Testing.makerequest import makerequest
from tests.faults.server import shift_clock
from tests.plone_site import authenticator_in
from tests.zopes import Zopes
from tests.zopes import ZopeServer
from typing import IO
from zope.globalrequest import setRequest
from Zope2.App.ClassFactory import ClassFactory
from Zope2.Startup.run import make_wsgi_app

import json
import os
import re
import requests
import sys
import traceback
import ZODB.config


MANAGER = ("manager", "board-papers")

GUARD = "object/@@clicktracker-evidence/all_read | nothing"

_STORAGE = re.compile("<zeoclient>.*</zeoclient>", re.DOTALL)


class VotingSite:
    """``site`` is its address, ``key`` the public key of its seals."""

    def __init__(
        self, instance: Path, server: ZopeServer, zopes: Zopes, key: str
    ) -> None:
        # Plone has no theme at 127.0.0.1.
        self.site = f"http://localhost:{server.port}/Plone"
        self.key = key
        self._clock = instance / "clock"
        ask, asked = _pipe()
        answer, answered = _pipe()
        self._asked, self._answers = asked, answer
        with ask, answered, (instance / "var" / "log" / "commands").open("w") as log:
            self._commands = zopes.start(
                *("-m", __name__, _conf(instance), self._clock),
                env=clean_environment(),
                stdin=ask,
                stdout=answered,
                stderr=log,
            )

    def put_forward(self, seconds: float) -> None:
        """Let the add-on's clock be ahead from now on."""
        self._clock.write_text(str(seconds))

    def run(self, *arguments: str) -> str:
        """Run ``clicktracker`` as cron or an administrator does, and return what it says."""
        (said,) = self.run_at_once(1, *arguments)
        return said

    def run_at_once(self, number: int, *arguments: str) -> list[str]:
        """The same in several processes, which begin once all of them can."""
        self._asked.write(json.dumps([number, arguments]) + "\n")
        self._asked.flush()
        said, statuses = json.loads(self._answers.readline())
        assert statuses == [0] * number, said
        return said

    def end(self) -> None:
        """Run no more commands."""
        self._asked.close()
        self._commands.wait(60)
        self._answers.close()


@contextmanager
def voting_site(
    made_site: Path, zopes: Zopes, folder: Path, mail_port: int
) -> Iterator[VotingSite]:
    """Serve it, as administrators have prepared it: with a key for seals, the address of the
    mail server, and a workflow in which the vote is called."""
    with shared(made_site, folder / "instance") as instance:
        key = _make_key(folder / "seal.pem")
        conf, ini = _conf(instance), instance / "etc" / "zope.ini"
        product = (
            f"<product-config slc.clicktracker>\n  seal_key {folder / 'seal.pem'}\n"
            "</product-config>\n"
        )
        conf.write_text(conf.read_text() + product)
        clock = (
            f"[filter:clock]\npaste.filter_factory = {__name__}:make_filter\n"
            f"file = {instance / 'clock'}\n\n[pipeline:main]\npipeline =\n    clock\n"
        )
        text = ini.read_text()
        ini.write_text(text.replace("[pipeline:main]\npipeline =\n", clock))
        server = ZopeServer(instance, zopes=zopes)
        site = VotingSite(instance, server, zopes, key)
        site.put_forward(0)
        with running([server]):
            try:
                _prepare(site.site, mail_port)
                yield site
            finally:
                site.end()


def _pipe() -> tuple[IO[str], IO[str]]:
    """Return the end to read from, and that to write to."""
    read, write = os.pipe()
    return open(read), open(write, "w")


def _conf(instance: Path) -> Path:
    return instance / "etc" / "zope.conf"


def _make_key(path: Path) -> str:
    key = SealKey.made()
    path.write_text(key.pem)
    path.chmod(0o600)
    return key.public


def _prepare(site: str, mail_port: int) -> None:
    session = requests.Session()
    session.auth = MANAGER
    mail = {
        "smtp_host": "127.0.0.1",
        "smtp_port": mail_port,
        "email_from_name": "Office of the Board",
        "email_from_address": "office@example.org",
    }
    answer = session.patch(
        f"{site}/@controlpanels/mail", json=mail, headers={"Accept": "application/json"}
    )
    assert answer.ok, answer.text
    # By hand, as docs/deadlines.md tells it.
    token = authenticator_in(session.get(f"{site}/@@clicktracker-settings").text)

    def post(path: str, **data: object) -> None:
        answer = session.post(f"{site}/{path}", data | {"_authenticator": token})
        assert answer.ok, answer.text

    workflow = "portal_workflow/simple_publication_workflow"
    post(f"{workflow}/transitions/addTransition", id="call_the_vote")
    post(
        f"{workflow}/transitions/call_the_vote/setProperties",
        title="Call the vote",
        new_state_id="",
        actbox_name="Call the vote",
        actbox_url="%(content_url)s/content_status_modify?workflow_action=call_the_vote",
        guard_expr=GUARD,
    )
    post(
        f"{workflow}/states/published/setProperties",
        title="Published",
        transitions=["reject", "retract", "call_the_vote"],
    )


def make_filter(global_conf: dict, file: str):
    """The factory for PasteDeploy, of a filter that does nothing: once Zope has started, the
    server goes by the clock of the ``file``."""
    shift_clock(Path(file))
    return lambda app: app


def main(conf: Path, clock: Path) -> None:
    """Start Zope with an empty database, as connections outlive no fork, and run commands in
    that of the configuration."""
    text = conf.read_text()
    empty = conf.with_name("commands.conf")
    empty.write_text(_STORAGE.sub("<mappingstorage>\n</mappingstorage>", text))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    make_wsgi_app({}, str(empty))
    storage = _STORAGE.search(text)[0].replace("$INSTANCE", str(conf.parents[1]))
    for line in sys.stdin:
        number, arguments = json.loads(line)
        done = _run(number, ["clicktracker", *arguments], storage, clock)
        print(json.dumps(done), file=answers, flush=True)


def _run(
    number: int, words: list[str], storage: str, clock: Path
) -> tuple[list[str], list[int]]:
    """Run a command in so many processes; return what each said, and its exit status."""
    begin, go_on = os.pipe()
    ready, is_ready = os.pipe()
    with ExitStack() as files:
        said = [files.enter_context(TemporaryFile("w+")) for _each in range(number)]
        children = []
        for file in said:
            child = os.fork()
            if child == 0:
                os.close(go_on)
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
                os._exit(_command(words, storage, clock, is_ready, begin))
            children.append(child)
        for _each in children:
            os.read(ready, 1)
        # All of them read its end.
        os.close(go_on)
        ends = [os.waitpid(child, 0)[1] for child in children]
        for descriptor in (begin, ready, is_ready):
            os.close(descriptor)
        for file in said:
            file.seek(0)
        return [file.read() for file in said], list(
            map(os.waitstatus_to_exitcode, ends)
        )


def _command(
    words: list[str], storage: str, clock: Path, is_ready: int, begin: int
) -> int:
    """Be a command; return its exit status."""
    sys.argv = words
    try:
        shift_clock(clock)
        database = ZODB.config.databaseFromString(f"<zodb main>\n{storage}\n</zodb>")
        database.classFactory = ClassFactory
        app = makerequest(database.open().root()["Application"])
        app.REQUEST["PARENTS"] = [app]
        setRequest(app.REQUEST)
        newSecurityManager(None, system)
        os.write(is_ready, b".")
        os.read(begin, 1)
        command.in_zope(app)
        status = 0
    except SystemExit as end:
        print(end)
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        os.write(is_ready, b".")
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
