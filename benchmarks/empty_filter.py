"""The least that a WSGI filter can do for a beacon: answer as ours does."""

from collections.abc import Callable
from collections.abc import Iterable
from typing import Any


App = Callable[[dict[str, Any], Callable], Iterable[bytes]]


def make_filter(global_conf: dict[str, str], **local_conf: str) -> Callable[[App], App]:
    """The factory for PasteDeploy."""
    return EmptyFilter


class EmptyFilter:
    """Answers at an address of its own, reads nothing, keeps nothing."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start: Callable) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").endswith("/@@benchmark-nothing"):
            return self.app(environ, start)
        start("200 OK", [("Cache-Control", "no-store"), ("Content-Length", "0")])
        return [b""]
