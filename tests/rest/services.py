"""Software that talks with the services, as somebody."""

from dataclasses import dataclass
from tests.plone_site import Visitor

import requests


@dataclass
class Client:
    """Sends and gets JSON; ``visitor`` says as whom."""

    visitor: Visitor

    def get(self, path: str, **parameters: str) -> requests.Response:
        return self._ask("GET", path, params=parameters)

    def patch(self, path: str, **values: str) -> requests.Response:
        return self._ask("PATCH", path, json=values)

    def _ask(self, method: str, path: str, **kw) -> requests.Response:
        headers = {"Accept": "application/json"}
        visitor = self.visitor
        return visitor.session.request(
            method, visitor.url_of(path), headers=headers, **kw
        )
