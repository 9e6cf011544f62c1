"""Serve the instance and say where, and who may log in, once it answers.

``make run`` prepares the instance, the database and the demo site first;
``make start`` (``--no-demo``) only serves what is there. Everything runs in
this one process, so that Ctrl-C or SIGTERM leaves nothing behind.
"""

from demo import ports
from demo.database import postgresql_dsn
from demo.database import set_up
from demo.garbage import look_for_garbage_less_often
from demo.instance import ADMIN
from demo.instance import prepare
from demo.instance import refuse_in_use
from demo.instance import run_script
from demo.volto import free_port
from demo.volto import start_volto
from demo.warm_up import warm_up
from pathlib import Path
from threading import Event
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import argparse
import os
import signal
import sys


DEMO = """
  The demo is ready: {root}/Plone

    Log in          {root}/Plone/login
    Board papers    {root}/Plone/board-meeting   (tracked)
    House rules     {root}/Plone/house-rules     (not tracked)
    Dashboard       {root}/Plone/board-meeting/@@clicktracker-dashboard

    alice, bob, carol, dave   board-papers   members of the group Board
    secretary                 board-papers   looks after the board papers
    manager                   board-papers   manages the site
    admin                     admin          manages Zope

  Readings go to {storage}. Only this machine can reach it; Ctrl-C stops it.
"""

VISITORS = """
  Visitors are made up, and gone in an hour; networks for documentation are in cities:

    Map             {root}/Plone/@@clicktracker-map
    Live feed       {root}/Plone/@@clicktracker-live
"""

VOLTO = """
  The demo is ready: {front}

    Log in          {front}/login
    Board papers    {front}/board-meeting   (tracked)
    House rules     {front}/house-rules     (not tracked)

  What Volto has no screens for is at the same addresses below {root}/Plone,
  such as {root}/Plone/board-meeting/@@tracking

    alice, bob, carol, dave   board-papers   members of the group Board
    secretary                 board-papers   looks after the board papers
    manager                   board-papers   manages the site

  Readings go to {storage}. Only this machine can reach it; Ctrl-C stops it.
"""

PLAIN = """
  Zope is ready: {root}/
  Readings go to {storage}. Only this machine can reach it; Ctrl-C stops it.
"""


def serve(
    instance: Path, port: str, with_visitors: bool = False, front: str | None = None
) -> None:
    """Serve until the process is told to stop; ``front`` is the port of Volto."""
    from Zope2.Startup.serve import ServeCommand

    class Server(ServeCommand):
        def loadapp(self, *args: Any, **kw: Any) -> Any:
            app = super().loadapp(*args, **kw)
            if has_site(instance):
                warm_up(app, ADMIN)
            return app

    stopped = Event()
    announced = (instance, port, stopped, with_visitors, front)
    Thread(target=announce, args=announced, daemon=True).start()
    ini = str(instance / "etc" / "zope.ini")
    log = instance / "var" / "log" / "volto.log"
    volto = start_volto(int(front), int(port), log) if front else None
    try:
        Server(["runwsgi", "-q", ini, f"http_port={port}"]).run()
    finally:
        stopped.set()
        if volto is not None:
            volto.terminate()
            volto.wait()


def announce(
    instance: Path,
    port: str,
    stopped: Event,
    with_visitors: bool,
    front: str | None,
) -> None:
    """Wait until the servers answer, then print where they are."""
    text, path = (DEMO, "/Plone") if has_site(instance) else (PLAIN, "/")
    addresses = [f"http://127.0.0.1:{port}{path}"]
    if front:
        text = VOLTO
        addresses.append(f"http://127.0.0.1:{front}/")
    for address in addresses:
        while not answers(address):
            if stopped.wait(0.2):
                return
    root = f"http://localhost:{port}"
    if with_visitors:
        text += VISITORS
    said = text.format(root=root, front=f"http://localhost:{front}", storage=storage())
    print(said, flush=True)


def answers(url: str) -> bool:
    """Is there a good answer at ``url``?"""
    try:
        with urlopen(url, timeout=60) as response:
            return response.status == 200
    except (URLError, OSError):
        return False


def storage() -> str:
    """Say in words where readings go."""
    if postgresql_dsn():
        return "PostgreSQL (CLICKTRACKER_DSN)"
    if os.environ.get("CLICKTRACKER_DSN", "").strip():
        return "nowhere (CLICKTRACKER_DSN=off)"
    return "a SQLite file in the instance"


def has_site(instance: Path) -> bool:
    """Was the demo site made in this instance's database?"""
    return all((instance / "var" / name).exists() for name in ("Data.fs", "demo-site"))


def make_demo(instance: Path, *options: str) -> None:
    """Set up the database, if one is named, and make the demo site, if it isn't there.

    ``options`` are those of ``create_site.py``.
    """
    if dsn := postgresql_dsn():
        from slc.clicktracker.storage.errors import StorageError

        try:
            set_up(dsn)
        except StorageError as error:
            sys.exit(f"The database of CLICKTRACKER_DSN can't be used: {error}")
    if not has_site(instance):
        print("Making the demo site", flush=True)
        run_script(instance, "create_site.py", *options)
        (instance / "var" / "demo-site").touch()


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, default=Path("instance"))
    parser.add_argument("--port", default="8080")
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--no-readings", action="store_true")
    parser.add_argument("--visitors", action="store_true")
    parser.add_argument("--volto", action="store_true")
    options = parser.parse_args()
    instance = options.instance.absolute()
    look_for_garbage_less_often()

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    if complaint := ports.complaint(options.port):
        sys.exit(complaint)
    refuse_in_use(instance)
    try:
        prepare(instance)
        if not options.no_demo:
            made = ["--no-readings"] * options.no_readings + ["--volto"] * options.volto
            make_demo(instance, *made)
        if options.visitors:
            database = instance / "var" / "places.mmdb"
            run_script(instance, "visitors.py", str(database))
        print("Starting the server", flush=True)
        if options.volto:
            serve(instance, str(free_port()), options.visitors, options.port)
        else:
            serve(instance, options.port, options.visitors)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
