"""Software that talks with the services, as somebody."""

from dataclasses import dataclass
from tests.plone_site import Visitor
from typing import Any

import requests


@dataclass
class Client:
    """Sends and gets JSON; ``visitor`` says as whom."""

    visitor: Visitor

    def get(self, path: str, **parameters: str) -> requests.Response:
        return self._ask("GET", path, params=parameters)

    def patch(self, path: str, **values: Any) -> requests.Response:
        return self._ask("PATCH", path, json=values)

    def post(self, path: str, **values: Any) -> requests.Response:
        return self._ask("POST", path, json=values)

    def delete(self, path: str, **values: Any) -> requests.Response:
        return self._ask("DELETE", path, json=values)

    def shown(self, path: str, **parameters: str) -> dict[str, Any]:
        """Return what comes with content for who is shown it."""
        answer = self.get(path, expand="clicktracker", **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["@components"]["clicktracker"]

    def _ask(self, method: str, path: str, **kw) -> requests.Response:
        headers = {"Accept": "application/json"}
        visitor = self.visitor
        return visitor.session.request(
            method, visitor.url_of(path), headers=headers, **kw
        )
