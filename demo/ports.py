"""Is the port free? Said before anything is installed or started.

Usage: ``python -m demo.ports PORT``. Needs nothing but Python.
"""

import socket
import sys


def complaint(port: str) -> str:
    """Return what is wrong with serving on ``port``, or an empty string."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT={port} is not a port: give a number from 1 to 65535."
    if _answers(int(port)) or not _can_bind(int(port)):
        return (
            f"Port {port} is in use by another program (or not allowed).\n"
            f"Stop that one, or choose another port: PORT={_another(int(port))} make run"
        )
    return ""


def _answers(port: int) -> bool:
    """Does somebody listen where a browser would go, IPv4 or IPv6?"""
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True


def _can_bind(port: int) -> bool:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8081


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]) or 0)
