"""The demo site for Volto, with Volto in front of it, as ``make run FRONTEND=volto`` has
it; but Plone can be stopped alone."""

from contextlib import contextmanager
from contextlib import suppress
from demo.volto import start_volto
from tests.demo_site import DemoSite
from tests.functional.volto.front import Front
from tests.functional.waiting import wait_until
from tests.postgresql_server import free_port

import requests


#: As docs/volto.md has it.
POLICY = """<configure
    xmlns="http://namespaces.zope.org/zope"
    xmlns:plone="http://namespaces.plone.org/plone"
    >
  <plone:CORSPolicy
      allow_origin="{origin}"
      allow_methods="DELETE,GET,OPTIONS,PATCH,POST,PUT"
      allow_headers="Accept,Authorization,Content-Type,Lock-Token"
      allow_credentials="true"
      max_age="3600"
      />
</configure>
"""

ADMIN = ("admin", "admin")
PASSWORD = "board-papers"


class VoltoSite(DemoSite):
    """``front`` is the address of Volto, ``url`` that of the site in Plone."""

    def __init__(self, folder, made):
        super().__init__(folder, made)
        self.volto = None
        self._front_port = free_port()
        self._front_log = folder / "volto.log"
        self.front = f"http://localhost:{self._front_port}"
        self._split_port = free_port()
        self.split_front = f"http://localhost:{self._split_port}"
        self.split_api = f"http://127.0.0.1:{self._split_port}/portal"

    def start(self, *options):
        policies = self.instance / "var" / "zcml"
        policies.mkdir(exist_ok=True)
        policy = POLICY.format(origin=self.split_front)
        (policies / "cors.zcml").write_text(policy)
        super().start(*options)

    def start_all(self):
        self.start("--no-demo")
        self.volto = start_volto(self._front_port, self.port, self._front_log)
        wait_until(lambda: self._answers(self.front))

    def _answers(self, url):
        with suppress(requests.ConnectionError):
            return requests.get(url).ok
        return False

    @contextmanager
    def split(self):
        """Have another Volto, whose backend is on another host and below a path, behind the
        ``Front`` that is yielded."""
        port = free_port()
        front = Front(self._split_port, self.port, port)
        volto = start_volto(
            port,
            self.port,
            self._front_log,
            RAZZLE_API_PATH=self.split_api,
            RAZZLE_PUBLIC_URL=self.split_front,
        )
        try:
            wait_until(lambda: self._answers(f"http://localhost:{port}"))
            yield front
        finally:
            front.close()
            volto.terminate()
            volto.wait()

    def end_all(self):
        # There is none where it isn't built.
        if self.volto is not None:
            self.volto.terminate()
            self.volto.wait()
        self.end()

    def rest(self, method, path, user=None, **json):
        """Ask Plone for something, as the administrator if nobody else is named."""
        auth = (user, PASSWORD) if user else ADMIN
        answer = requests.request(
            method,
            f"{self.url}{path}",
            auth=auth,
            headers={"Accept": "application/json"},
            json=json or None,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def wait_until_stored(self):
        """Wait until nothing lies between what was accepted and the storage."""

        def nothing_waits():
            status = requests.get(f"{self.url}/@@clicktracker-status", auth=ADMIN)
            return status.json()["total"]["spooled"] == 0

        wait_until(nothing_waits)

    def readings(self, path, tab):
        """Return a list of the report: in a folder, of all documents in it."""
        self.wait_until_stored()
        return self.rest("GET", f"{path}/@readers?tab={tab}", "secretary")["items"]

    def names(self, path, tab):
        """Return what the report says of the people in a list of a document, by name."""
        return {each["reader"]: each for each in self.readings(path, tab)}

    def log_in(self, user):
        """Return the cookies of a log-in, as Volto has them."""
        session = requests.Session()
        answer = session.post(
            f"{self.front}/++api++/@login",
            headers={"Accept": "application/json"},
            json={"login": user, "password": PASSWORD},
        )
        kept = {each.name: each.value for each in session.cookies}
        kept["auth_token"] = answer.json()["token"]
        return [
            {"name": name, "value": value, "url": self.front}
            for name, value in kept.items()
        ]

    def renewed(self, token):
        """Return a token that takes the place of another one, as Volto gets it."""
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        answer = requests.post(f"{self.front}/++api++/@login-renew", headers=headers)
        return answer.json()["token"]
