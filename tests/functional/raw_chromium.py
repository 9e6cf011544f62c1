"""A Chromium that is told what to do by its own protocol alone.

Playwright makes every page believe that it is in front, which is what some tests are
about.
"""

from pathlib import Path
from typing import Any

import json
import os
import subprocess


class RawChromium:
    """A browser with a profile of its own; ends with ``close``."""

    def __init__(self, executable: str, profile: Path, *arguments: str) -> None:
        to_browser, self._commands = os.pipe()
        self._answers, from_browser = os.pipe()
        plumbing = f'exec 3<&{to_browser} 4>&{from_browser}; exec "$0" "$@"'
        command = [executable, "--headless=new", "--remote-debugging-pipe"]
        command += [f"--user-data-dir={profile}", *arguments, "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", plumbing, *command],
            pass_fds=(to_browser, from_browser),
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._received = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **params: Any) -> Any:
        """Return the result of a command; for a page if its session is given."""
        self._last += 1
        command = {"id": self._last, "method": method, "params": params}
        command |= {"sessionId": session} if session else {}
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._last:
                return answer["result"]
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            read = os.read(self._answers, 65536)
            if not read:
                raise RuntimeError("the browser has ended")
            self._received += read
        message, self._received = self._received.split(b"\0", 1)
        return json.loads(message)

    def open_tab(self) -> "Tab":
        """Open an empty tab and bring it to the front."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        tab = Tab(self, target, attached["sessionId"])
        tab.bring_to_front()
        return tab

    def close(self) -> None:
        self.call("Browser.close")
        self._process.wait(30)
        os.close(self._commands)
        os.close(self._answers)


class Tab:
    """A tab of the browser."""

    def __init__(self, browser: RawChromium, target: str, session: str) -> None:
        self._browser, self._target, self._session = browser, target, session
        for domain in ("Network", "Page"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Any:
        return self._browser.call(method, self._session, **params)

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression; a promise is waited for."""
        done = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        return done["result"].get("value")

    def wait(self, seconds: float) -> None:
        """Let so much time pass in the tab, by its own clock."""
        self.evaluate(f"new Promise((done) => setTimeout(done, {seconds * 1000}))")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true, for ten seconds at most."""
        for _ in range(200):
            if self.evaluate(expression):
                return
            self.wait(0.05)
        raise AssertionError(f"never true: {expression}")

    def posted(self, part_of_url: str) -> list[dict[str, Any]]:
        """Return the messages that were posted to an address, so far."""
        requests = [
            event["params"]["request"]
            for event in self._browser.events
            if event.get("method") == "Network.requestWillBeSent"
            and event["sessionId"] == self._session
        ]
        return [
            json.loads(request["postData"])
            for request in requests
            if part_of_url in request["url"]
        ]

    def click(self, x: float, y: float) -> None:
        where = {"x": x, "y": y, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **where)

    def bring_to_front(self) -> None:
        self._browser.call("Target.activateTarget", targetId=self._target)
