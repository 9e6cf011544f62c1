"""Two server processes of one site, with ZEO between them: a ban holds in both."""

from benchmarks.instances import running
from benchmarks.instances import shared
from slc.clicktracker.collector.primed import TRUSTED
from tests.faults.servers import wait_for
from tests.plone_site import authenticator_in
from tests.zopes import ZopeServer

import pytest
import requests


MANAGER = "198.51.100.7"
GUEST = "203.0.113.9"


@pytest.fixture
def clock(tmp_path):
    """A file with the seconds that the clock of both processes shows."""
    file = tmp_path / "clock"
    file.write_text("0")
    return file


@pytest.fixture
def processes(made_site, zopes, tmp_path, clock):
    with shared(made_site, tmp_path / "instance") as instance:
        ini = instance / "etc" / "zope.ini"
        turned = (
            "[filter:clock]\n"
            "paste.filter_factory = tests.faults.turned_clock:make_filter\n"
            f"file = {clock}\n\n[pipeline:main]\npipeline =\n    clock\n"
        )
        text = ini.read_text()
        ini.write_text(text.replace("[pipeline:main]\npipeline =\n", turned))
        servers = [ZopeServer(instance, zopes=zopes) for _ in range(2)]
        with running(servers):
            yield servers


def answer(process, address=GUEST):
    url = f"{process.site}/house-rules"
    return requests.get(url, headers={"X-Forwarded-For": address})


class Manager:
    """Somebody who manages the site by way of one process."""

    def __init__(self, process):
        self.site = process.site
        self.session = requests.Session()
        self.session.headers["X-Forwarded-For"] = MANAGER
        login = {"__ac_name": "manager", "__ac_password": "board-papers"}
        self.session.post(f"{self.site}/login", login | {"buttons.login": "Log in"})

    def ban(self, network):
        self._post(
            "@@clicktracker-ban",
            "is banned.",
            **{
                "form.widgets.network": network,
                "form.widgets.duration:list": "unlimited",
                "form.buttons.save": "Ban",
            },
        )

    def lift(self, network):
        self._post("@@clicktracker-bans", "is no longer banned.", network=network)

    def _post(self, name, said, **data):
        form = self.session.get(f"{self.site}/@@clicktracker-ban").text
        data["_authenticator"] = authenticator_in(form)
        assert said in self.session.post(f"{self.site}/{name}", data).text


def test_a_ban_made_in_one_process_holds_in_the_other_within_ten_seconds(
    processes, clock
):
    one, other = processes
    assert [answer(each).status_code for each in processes] == [200, 200]
    manager = Manager(one)
    manager.ban("192.0.2.1")
    # Both filters know who is banned now.
    assert [answer(each).status_code for each in processes] == [200, 200]

    manager.ban(GUEST)
    assert answer(one).status_code == 403
    # Zope decides there: what its filter was told lets the guest through.
    wait_for(lambda: answer(other).status_code == 403, "the ban does not hold")
    assert answer(other, MANAGER).status_code == 200

    manager.lift(GUEST)
    wait_for(lambda: answer(one).status_code == 200, "the ban holds on")
    # The filter of the other one believes what it was told for some seconds.
    assert answer(other).status_code == 403
    clock.write_text(str(TRUSTED - 0.1))
    assert answer(other).status_code == 403
    clock.write_text(str(TRUSTED))
    wait_for(lambda: answer(other).status_code == 200, "the ban holds on")
    assert TRUSTED < 10
