"""What visits add to a request: presence on a page, and the note of the server mode.

    python -m benchmarks.visit_costs INSTANCE RENDERINGS COOKIE PATH

Renders a page for a member in this one process, through Zope's publisher, of a site that
records visits by the server and says on each page who is there. The sentence about
that is timed by itself, and so is what is done after the answer, which is when the
server mode notes a page view. Presence is cached for some seconds, so the median is that of a
warm cache.
"""

from benchmarks.rendering import measured_by
from benchmarks.rendering import median_of_kind
from benchmarks.rendering import rendered
from benchmarks.rendering import Timed
from benchmarks.rendering import warm_up
from pathlib import Path
from typing import Any

import json
import sys
import time


#: What the page says, in the words of its markup.
_SAID = "clicktracker-presence"


def measure(instance: Path, renderings: int, cookie: str, path: str) -> dict[str, Any]:
    """Run it in a process of its own and return the medians, in milliseconds.

    Raises ``subprocess.SubprocessError``.
    """
    return measured_by("benchmarks.visit_costs", instance, renderings, cookie, path)


def record_visits() -> None:
    """Have visits recorded by the server, and the viewlet about presence shown."""
    from plone import api
    from plone.app.viewletmanager.interfaces import IViewletSettingsStorage
    from slc.clicktracker.interfaces import IVisitorSettings
    from zope.component import getUtility
    from zope.component.hooks import setSite

    import transaction
    import Zope2

    root = Zope2.app()
    try:
        setSite(root.Plone)
        for name, value in (("enabled", True), ("source", "server")):
            record = f"{IVisitorSettings.__identifier__}.{name}"
            api.portal.set_registry_record(record, value)
        skin = root.Plone.getCurrentSkinName()
        hidden = getUtility(IViewletSettingsStorage)
        hidden.setHidden("plone.belowcontent", skin, ())
        transaction.commit()
    finally:
        setSite(None)
        root._p_jar.close()


def main(instance: str, renderings: str, cookie: str, path: str) -> None:
    """Print the medians as JSON."""
    from slc.clicktracker.browser.visitors.presence import PresenceViewlet
    from slc.clicktracker.doors import page_requests
    from slc.clicktracker.doors.answer_rules import UNDER_WAY
    from Zope2.Startup.run import make_wsgi_app

    app = make_wsgi_app({}, str(Path(instance) / "etc" / "zope.conf"))
    record_visits()
    # Until then the server mode asks for its settings each time.
    time.sleep(UNDER_WAY)
    environ = {"PATH_INFO": path, "HTTP_COOKIE": cookie, "HTTP_ACCEPT": "text/html"}
    timed = {
        "presence": [Timed(PresenceViewlet, name) for name in ("update", "render")],
        "server_mode": [Timed(page_requests, "_note")],
    }
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in timed}
    first = warm_up(int(renderings))
    for number in range(int(renderings) + first):
        for methods in timed.values():
            for method in methods:
                method.watch()
        if _SAID not in rendered(app, environ):
            raise RuntimeError("The page does not say who is there")
        if number >= first:
            for name, methods in timed.items():
                spent = sum(each.seconds for each in methods)
                figures[name].append((spent, sum(each.cpu for each in methods)))
    found = {}
    for name, spent in figures.items():
        found[f"{name}_ms"] = median_of_kind(spent, 0)
        found[f"{name}_cpu_ms"] = median_of_kind(spent, 1)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
