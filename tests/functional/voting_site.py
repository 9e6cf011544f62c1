"""The demo site of a board that votes, in processes as on a server: ZEO, Zope, commands.

Their clock is put forward by a file.
"""

from benchmarks.instances import clean_environment
from benchmarks.instances import ROOT
from benchmarks.instances import running
from benchmarks.instances import Server
from benchmarks.instances import shared
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from slc.clicktracker.console import command
from slc.clicktracker.seals.keys import SealKey
from tests.faults.server import shift_clock
from tests.plone_site import authenticator_in

import os
import requests
import subprocess
import sys


MANAGER = ("manager", "board-papers")

#: The file with the seconds that the clock of a command is ahead.
_CLOCK = "TESTS_CLOCK"

#: What a command says once Zope has started.
_READY = "ready\n"

GUARD = "object/@@clicktracker-evidence/all_read | nothing"


class VotingSite:
    """``site`` is its address, ``key`` the public key of its seals."""

    def __init__(self, instance: Path, server: Server, key: str) -> None:
        # Plone has no theme at 127.0.0.1.
        self.site = f"http://localhost:{server.port}/Plone"
        self.key = key
        self._instance = instance
        self._clock = instance / "clock"

    def put_forward(self, seconds: float) -> None:
        """Let the add-on's clock be ahead from now on."""
        self._clock.write_text(str(seconds))

    def run(self, *arguments: str) -> str:
        """Run ``clicktracker`` as cron or an administrator does, and return what it says."""
        (said,) = self.run_at_once(1, *arguments)
        return said

    def run_at_once(self, number: int, *arguments: str) -> list[str]:
        """The same in several processes, which begin once all of them can."""
        command = [sys.executable, "-m", __name__, "--conf", str(_conf(self._instance))]
        running = [
            subprocess.Popen(
                [*command, *arguments],
                cwd=ROOT,
                env=clean_environment() | {_CLOCK: str(self._clock)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for _each in range(number)
        ]
        begun = [
            "".join(takewhile(lambda line: line != _READY, each.stdout))
            for each in running
        ]
        for each in running:
            each.stdin.write("go on\n")
            each.stdin.flush()
        ends = [each.communicate(timeout=120)[0] for each in running]
        said = [before + after for before, after in zip(begun, ends, strict=True)]
        assert [each.returncode for each in running] == [0] * number, said
        return said


@contextmanager
def voting_site(made_site: Path, folder: Path, mail_port: int) -> Iterator[VotingSite]:
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
        server = Server(instance)
        site = VotingSite(instance, server, key)
        site.put_forward(0)
        with running([server]):
            _prepare(site.site, mail_port)
            yield site


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


def main() -> None:
    """Be the command ``clicktracker``, by that clock."""
    in_zope = command.in_zope

    def in_zope_then(app: object) -> None:
        shift_clock(Path(os.environ[_CLOCK]))
        print(_READY, end="", flush=True)
        sys.stdin.readline()
        in_zope(app)

    command.in_zope = in_zope_then
    command.main()


if __name__ == "__main__":
    main()
