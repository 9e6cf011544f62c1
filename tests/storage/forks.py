"""A child that was forked."""

import os
import signal


def in_child(what):
    """Return whether ``what`` is true in a child."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(30)
        try:
            os._exit(0 if what() else 1)
        finally:
            os._exit(2)
    return os.waitpid(pid, 0)[1] == 0
