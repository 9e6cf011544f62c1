"""Many browsers at once, and what was promised to them."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from http.client import HTTPException
from tests.faults.servers import PATIENCE
from tests.faults.servers import wait_for
from tests.faults.site import ADDRESS
from tests.faults.site import COOKIE
from tests.faults.site import LOG_IN
from tests.faults.site import Message
from tests.faults.site import message
from threading import Event
from threading import Lock
from threading import Thread

import time


@dataclass(frozen=True)
class Answer:
    """What the server said; ``status`` 0 is nothing: it went away in between."""

    status: int
    reason: str = ""
    retry_after: str = ""


class Browser:
    """Posts beacons to one server, over a connection that it may keep."""

    def __init__(self, port: int, keeps: bool = True) -> None:
        self._keeps = keeps
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def post(self, sent: Message) -> Answer:
        headers = {"Cookie": f"{COOKIE}={LOG_IN}", "X-Key": sent.key}
        try:
            self._connection.request("POST", ADDRESS, sent.body, headers)
            answer = self._connection.getresponse()
            answer.read()
            if not self._keeps:
                self._connection.close()
        except (OSError, HTTPException):
            self._connection.close()
            return Answer(0)
        reason = answer.headers.get("X-ClickTracker-Refused", "")
        return Answer(answer.status, reason, answer.headers.get("Retry-After", ""))

    def is_connected(self) -> bool:
        """Is there a server, now?"""
        if self._connection.sock is None:
            try:
                self._connection.connect()
            except OSError:
                return False
        return True

    def close(self) -> None:
        self._connection.close()


class Load:
    """Browsers that post one beacon after the other until the end of the block.

    ``accepted`` are the keys of all accesses that got a 200; ``doubtful`` the
    messages whose answer was lost; ``refused`` counts all other answers.
    """

    def __init__(
        self,
        *ports: int,
        browsers: int = 4,
        made: Callable[[], Message] = message,
        keeps: bool = True,
    ) -> None:
        self.accepted: list[str] = []
        self.doubtful: list[Message] = []
        self.refused: Counter[Answer] = Counter()
        self._made = made
        self._keeps = keeps
        self._over = Event()
        self._lock = Lock()
        self._threads = [
            Thread(target=self._browse, args=(ports[n % len(ports)],), daemon=True)
            for n in range(browsers)
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def wait_for_more(self, number: int) -> None:
        """Return when so many more beacons were accepted."""
        enough = len(self.accepted) + number
        wait_for(
            lambda: len(self.accepted) >= enough,
            lambda: (
                f"{len(self.accepted)} of {enough} accepted, refused: {self.refused}"
            ),
        )

    def wait_for_refusal(self, reason: str) -> None:
        """Return when some more beacons were refused by this name."""
        before = self._refused_by(reason)
        wait_for(
            lambda: self._refused_by(reason) > before + 3,
            lambda: f"not refused as {reason}: {self.refused}",
        )

    def _refused_by(self, reason: str) -> int:
        with self._lock:
            return sum(n for one, n in self.refused.items() if one.reason == reason)

    def _browse(self, port: int) -> None:
        browser = Browser(port, self._keeps)
        while not self._over.is_set():
            if not (browser.is_connected() and self._post(browser)):
                time.sleep(0.02)
        browser.close()

    def _post(self, browser: Browser) -> bool:
        """Post another beacon. Is it accepted?"""
        sent = self._made()
        return self._note(sent, browser.post(sent)).status == 200

    def _note(self, sent: Message, answer: Answer) -> Answer:
        with self._lock:
            if answer.status == 200:
                self.accepted.append(sent.key)
            elif answer.status == 0:
                self.doubtful.append(sent)
            else:
                self.refused[answer] += 1
        return answer


def post_all(
    port: int, messages: Sequence[Message], keeps: bool = True
) -> Counter[Answer]:
    """Post these, one after the other; count the answers."""
    browser = Browser(port, keeps)
    try:
        return Counter(browser.post(one) for one in messages)
    finally:
        browser.close()
