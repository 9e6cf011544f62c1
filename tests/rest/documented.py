"""The examples in ``docs/rest.md``, which tests ask for and compare.

With ``CLICKTRACKER_WRITE_DOCS`` set, they are written there instead.
"""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path

import json
import os
import re
import requests


DOCS = Path(__file__).parents[2] / "docs" / "rest.md"

_TODAY = datetime.now(timezone.utc).date()
_YESTERDAY = _TODAY - timedelta(days=1)

#: What is another thing each time.
_MADE = (
    (r"http://localhost:\d+/plone", "http://localhost:8080/Plone"),
    (r'"uid": "\w{32}"', '"uid": "6a81b4f9a4a44fa5a1b4f9a4a44fa5a1"'),
    (r'"digest": "\w+"', '"digest": "5ce3a6f0d1a74c3e"'),
    (r'"made": "[^"]+"', '"made": "2026-05-06T09:30:00+00:00"'),
    # What happens in a test happens now.
    (rf'"(?:{_TODAY}|{_YESTERDAY})T[^"]+"', '"2026-05-06T09:30:00+00:00"'),
    (r'"until": "[^"]+T[^"]+"', '"until": "2026-05-13T09:30:00+00:00"'),
    (r"Version of [^\"]+ [AP]M", "Version of May 4, 2026 09:00 AM"),
    (r'"ticket": "[^"]{100,}"', '"ticket": "WyI2YTgxYjRmOWE0….h-2hPBk-CE-75_YDp4"'),
    (r'"holding": "[^"]+"', '"holding": "1778059800000000-afdd3a746eb11a51"'),
    (r"token=[\w-]{20,}", "token=…"),
    (r"\?uid=\w{32}", "?uid=6a81b4f9a4a44fa5a1b4f9a4a44fa5a1"),
    (r"since Monday, [^.:]+", "since Monday, May 04, 2026"),
    (r"(@(?:exceptions|minor-changes))/\d+", r"\1/1778059800000000"),
    (r'"hash": "\w{64}"', '"hash": "0bfdc7373e9f93a2ba89caa62a7c7d81…"'),
    (r'"key": "\w{64}"', '"key": "1840bbfd8a3aec37e3d5491bbd18f6a5…"'),
    (r"ed25519:\w{64}", "ed25519:1840bbfd8a3aec37e3d5491bbd18f6a5…"),
    # The same in words.
    (
        rf"(?:{_TODAY:%b %d, %Y}|{_YESTERDAY:%b %d, %Y}) [\d:]+ [AP]M",
        "May 06, 2026 09:30 AM",
    ),
    (r"exception=\d+", "exception=1778059800000000"),
    (r'"text": "\w{64}"', '"text": "0bfdc7373e9f93a2ba89caa62a7c7d81…"'),
    (r'"key": "\w{32}"', '"key": "9b1c4e7d2f8a4c3e9b1c4e7d2f8a4c3e"'),
    (
        r"@deleted-documents/\w{32}",
        "@deleted-documents/6a81b4f9a4a44fa5a1b4f9a4a44fa5a1",
    ),
)


def documented(answer: requests.Response, part: object = None) -> None:
    """Compare a request and what was answered, or a part of that, with the example of the
    docs."""
    request = answer.request
    title = _made_up(f"{request.method} {request.path_url.removeprefix('/plone')}")
    body = _made_up(_indented(json.loads(request.body))) if request.body else ""
    shown = "\n\n".join(filter(None, (f"{title} HTTP/1.1", body)))
    example = f"```http\n{shown}\n```\n\n```json\n{_said(part or answer.json())}\n```"
    text = DOCS.read_text()
    place = re.compile(
        rf"```http\n{re.escape(title)} HTTP/1\.1\n.*?```\n\n```json\n.*?\n```", re.S
    )
    if os.environ.get("CLICKTRACKER_WRITE_DOCS"):
        assert place.search(text), f"Put an example of {title} into {DOCS.name}."
        DOCS.write_text(place.sub(lambda _: example, text, count=1))
    else:
        assert example in text, f"{DOCS.name} is to say:\n\n{example}"


def _said(value: object) -> str:
    return _made_up(_indented(value))


def _made_up(text: str) -> str:
    for pattern, instead in _MADE:
        text = re.sub(pattern, instead, text)
    return text


def _indented(value: object) -> str:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    # What is short is in one line.
    return re.sub(r"\{[^{}]{,90}\}", lambda each: " ".join(each[0].split()), text)
