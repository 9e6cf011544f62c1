"""Volto in front of the demo site, in a process of its own that ends with this one.

``make volto`` has built it; it reads the addresses when it starts.
"""

from pathlib import Path

import os
import shutil
import socket
import subprocess
import sys


VOLTO = Path(__file__).parents[1] / "frontend" / "core" / "packages" / "volto"
SERVER = VOLTO / "build" / "server.js"


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def start_volto(
    port: int, backend: int, log: Path, **addresses: str
) -> subprocess.Popen[bytes]:
    """Start Volto on ``port``, for the site ``Plone`` that Zope serves on ``backend``;
    what it says goes to a file. ``addresses`` are other ones than where it looks by itself,
    by the names of its settings.

    Ends the program with a message where it isn't built.
    """
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        sys.exit("Volto isn't built: make volto")
    site = f"http://127.0.0.1:{backend}/Plone"
    environ = {
        "NODE_ENV": "production",
        "PORT": str(port),
        # Else it listens to everybody.
        "RAZZLE_BIND_ADDRESS": "127.0.0.1",
        "RAZZLE_API_PATH": f"http://localhost:{port}",
        "RAZZLE_INTERNAL_API_PATH": site,
        "RAZZLE_DEV_PROXY_API_PATH": site,
        "RAZZLE_CLASSIC_URL": f"http://localhost:{backend}/Plone",
    }
    with log.open("a") as said:
        return subprocess.Popen(
            [node, str(SERVER)],
            cwd=VOLTO,
            env=os.environ | environ | addresses,
            stdout=said,
            stderr=said,
        )
