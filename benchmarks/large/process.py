"""The Zope process: makes the site, or is asked for its screens.

    python -m benchmarks.large.process INSTANCE SHARE TASK

``make`` makes the site in the instance and writes what a storage needs to know of it to
``var/large.json``. ``ask`` prints what is found, as JSON; ``ask-once`` asks for one screen
of each kind, once, for tests.
"""

from benchmarks.large import driver_clock
from benchmarks.large.population import Population
from benchmarks.large.screens import screens_of
from benchmarks.large.size import Size
from dataclasses import asdict
from demo.garbage import look_for_garbage_less_often
from pathlib import Path
from slc.clicktracker.storage.model import Version
from typing import Any

import json
import logging
import sys
import transaction


def main(instance: str, share: str, task: str) -> None:
    """Do what is asked for."""
    from Testing.makerequest import makerequest
    from zope.component.hooks import setSite
    from zope.globalrequest import setRequest
    from Zope2.Startup.run import make_wsgi_app

    import Zope2

    driver_clock.watch()
    look_for_garbage_less_often()
    publish = make_wsgi_app({}, str(Path(instance) / "etc" / "zope.conf"))
    logging.getLogger().setLevel(logging.ERROR)
    population = Population(Size(float(share)))
    app = makerequest(Zope2.app())
    if task == "make":
        setRequest(app.REQUEST)
        made = _made(app, population)
        (Path(instance) / "var" / "large.json").write_text(json.dumps(made))
        return
    from benchmarks.large.asking import ask
    from benchmarks.large.asking import Asking
    from benchmarks.large.asking import cookie_of
    from benchmarks.large.together import found_together
    from benchmarks.large.together import Pace
    from benchmarks.large.together import THESE

    is_once = task == "ask-once"
    screens = [
        screen
        for screen in screens_of(population)
        if screen.is_first or screen.is_text or screen.name in THESE or not is_once
    ]
    site = app.Plone
    setSite(site)
    viewers = {screen.viewer for screen in screens}
    cookies = {viewer: cookie_of(site, viewer) for viewer in viewers}
    setSite(None)
    transaction.commit()
    app._p_jar.close()
    asking = Asking(publish, cookies, 1 if is_once else 5)
    asking.watch()
    found = ask(asking, screens, with_cold=not is_once)
    pace = Pace(1, 0.1) if is_once else Pace()
    found["together"] = found_together(asking, screens, population, pace)
    print(json.dumps(found))


def _made(app: Any, population: Population) -> dict[str, Any]:
    from AccessControl.SecurityManagement import newSecurityManager
    from benchmarks.large.made_site import make_site
    from plone.base.utils import get_installer
    from Products.CMFPlone.factory import addPloneSite
    from slc.clicktracker.sites.uids import document_uid
    from zope.component.hooks import setSite

    newSecurityManager(None, app.acl_users.getUserById("admin"))
    site = addPloneSite(
        app,
        "Plone",
        title="Ministry",
        distribution_name="classic",
        setup_content=False,
        default_language="en",
        portal_timezone="UTC",
    )
    setSite(site)
    if not get_installer(site, app.REQUEST).install_product("slc.clicktracker"):
        raise RuntimeError("The add-on could not be installed.")
    versions = make_site(population, transaction.commit)
    found = {uid: asdict(version) for uid, version in versions.items()}
    return {"site": document_uid(site), "versions": found}


def read(made: Path) -> tuple[str, dict[str, Version]]:
    """Return the UID of a site, and the versions that are in it, by UID."""
    found = json.loads(made.read_text())
    versions = {uid: Version(**values) for uid, values in found["versions"].items()}
    return found["site"], versions


if __name__ == "__main__":
    main(*sys.argv[1:])
