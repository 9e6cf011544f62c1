"""The process that servers and commands of Zope are forked from: ``tests.zopes``.

``python -m tests.zope_nursery CONF SOCKET`` imports Plone and loads its configuration, which
takes most of the time of a start. It has no database, as no connection outlives a fork, and
no threads. When it is ready the program returns, and the nursery goes on in the background
until nobody is connected to it any more.
"""

from App.config import getConfiguration
from collections.abc import Iterator
from contextlib import suppress
from demo import instance
from pathlib import Path
from typing import NoReturn
from Zope2.App import patches
from Zope2.App import startup
from Zope2.App import zcml
from Zope2.Startup.run import configure_wsgi

import atexit
import gc
import json
import OFS.Application
import os
import runpy
import select
import selectors
import signal
import socket
import struct
import sys
import threading
import traceback


#: Files that come with a message: those of the new process, and where it is told of.
FILES = 4

#: Seconds until somebody is connected; else those who wanted it are not there any more.
PATIENCE = 60

NUMBER = struct.Struct("i")


def load(conf: str) -> None:
    """Do what a start does that is the same for all, see ``Zope2.App.startup``."""
    gc.disable()
    configure_wsgi(conf)
    patches.apply_patches()
    OFS.Application.import_products()
    startup.load_zcml()
    # What is never looked through is never copied, either.
    gc.freeze()
    gc.enable()


def load_own_zcml() -> None:
    """Load what an instance has beside what all have."""
    etc = Path(getConfiguration().instancehome, "etc")
    for file in sorted(etc.glob("package-includes/*-configure.zcml")):
        zcml.load_config(str(file))


def births(
    listening: socket.socket, selector: selectors.BaseSelector
) -> Iterator[tuple[dict, list[int]]]:
    """Yield what is wanted, with its files, until the last one has gone."""
    # What has ended is gone at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    selector.register(listening, selectors.EVENT_READ)
    patience: float | None = PATIENCE
    while ready := selector.select(patience):
        for key, _ in ready:
            if key.fileobj is listening:
                connection, _address = listening.accept()
                selector.register(connection, selectors.EVENT_READ)
                with suppress(ConnectionError):
                    connection.send(b"welcome")
                patience = None
            elif wanted := received(key.fileobj):
                yield wanted
            else:
                selector.unregister(key.fileobj)
                key.fileobj.close()
        if patience is None and len(selector.get_map()) == 1:
            return


def received(connection: socket.socket) -> tuple[dict, list[int]] | None:
    """Return what is wanted, with its files; None from somebody who has gone, or was killed
    meanwhile."""
    head, message, files = b"", b"", []
    with suppress(ConnectionError):
        head, files, *_ = socket.recv_fds(connection, NUMBER.size, FILES)
        if head:
            message = connection.recv(*NUMBER.unpack(head), socket.MSG_WAITALL)
    if message and len(message) == NUMBER.unpack(head)[0]:
        return json.loads(message), files
    for file in files:
        os.close(file)
    return None


def bear(wanted: dict, files: list[int]) -> NoReturn:
    """Have a process do what is wanted, and tell its number and its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *standard, told = files
    child = os.fork()
    if not child:
        os.close(told)
        os.setsid()
        for number, file in enumerate(standard):
            os.dup2(file, number)
            os.close(file)
        os.chdir(wanted["folder"])
        os.environ.clear()
        os.environ.update(wanted["environ"])
        be(wanted["arguments"])
    threading.Thread(target=end_with, args=(told, child), daemon=True).start()
    os.write(told, NUMBER.pack(child))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(BrokenPipeError):
        os.write(told, NUMBER.pack(status))
    os._exit(0)


def end_with(told: int, child: int) -> None:
    """Kill a process, and what it has started, once nobody is there to be told of its end:
    the tests themselves were killed."""
    gone = select.poll()
    gone.register(told, 0)
    gone.poll()
    # It may not have got as far as to lead a session.
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(child, signal.SIGKILL)


def be(arguments: list[str]) -> NoReturn:
    """Be a Python that was started with these arguments."""
    status = 1
    try:
        option, what, *others = arguments
        sys.argv = [what, *others]
        if option == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
        status = 0
    except SystemExit as end:
        status = end.code or 0
        if isinstance(status, str):
            print(status, file=sys.stderr)
            status = 1
    except BaseException:
        traceback.print_exc()
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    # To free all objects one by one would take as long as all else.
    os._exit(status)


def zope(utility: str, *arguments: str) -> None:
    """In the place of the demo's: a fork of this process."""
    child = os.fork()
    if not child:
        be(["-m", f"Zope2.utilities.{utility}", *arguments])
    if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        sys.exit(f"{utility} failed (exit code {code}).")


def main(conf: str, address: str) -> None:
    load(conf)
    startup.load_zcml = load_own_zcml
    instance._zope = zope
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(address)
    listening.listen()
    if os.fork():
        os._exit(0)
    os.setsid()
    selector = selectors.DefaultSelector()
    for wanted, files in births(listening, selector):
        if not os.fork():
            # Nobody is to wait for an answer from there.
            for key in list(selector.get_map().values()):
                key.fileobj.close()
            selector.close()
            bear(wanted, files)
        for file in files:
            os.close(file)
    Path(address).unlink(missing_ok=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
