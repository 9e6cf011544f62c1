"""``wrk``, the program that sends the requests, and what it counted."""

from dataclasses import dataclass
from pathlib import Path

import json
import shutil
import subprocess
import sys


ROOT = Path(__file__).parents[1]
SCRIPT = "benchmarks/beacons.lua"


@dataclass(frozen=True)
class Load:
    """How wrk sends requests."""

    seconds: int
    threads: int = 1
    connections: int = 4

    @property
    def options(self) -> list[str]:
        return [
            f"-t{self.threads}",
            f"-c{self.connections}",
            f"-d{self.seconds}s",
            "--timeout=30s",
        ]


@dataclass(frozen=True)
class Counted:
    """What wrk saw: complete answers, and what went wrong.

    Latencies are microseconds; ``refused`` are answers with a status from 400 on.
    """

    answers: int
    microseconds: int
    p50: int
    p99: int
    refused: int
    connect: int
    read: int
    write: int
    timeout: int

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.answers - self.refused) / self.microseconds * 1e6

    @property
    def broken(self) -> int:
        """Requests whose answer wrk did not see."""
        return self.read + self.write


def require() -> None:
    """End with a message where wrk is missing."""
    if not shutil.which("wrk"):
        sys.exit("wrk is missing. On Debian and Ubuntu: apt-get install wrk")


def version() -> str:
    """Return the version in wrk's own words."""
    # It has no option that only says so, and ends with 1.
    said = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)
    return said.stdout.split("[")[0].strip()


def command(url: str, load: Load, lines: Path, run: str = "") -> list[str]:
    """Return the command line; a ``run`` makes it send beacons."""
    given = [str(lines), *([run] if run else [])]
    return ["wrk", *load.options, "-s", SCRIPT, url, "--", *given]


def run_all(commands: list[list[str]], patience: float) -> list[Counted]:
    """Run several at the same time, for so many seconds at most; return what each
    counted."""
    processes = [
        subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for words in commands
    ]
    try:
        return [_counted(process, patience) for process in processes]
    finally:
        for process in processes:
            process.kill()


def _counted(process: subprocess.Popen, patience: float) -> Counted:
    out, err = process.communicate(timeout=patience)
    # wrk ends with 0 when the script fails, too, and goes on.
    if process.returncode or err or not out.strip().endswith("}"):
        raise RuntimeError(f"wrk failed:\n{out}{err}")
    return Counted(**json.loads(out.strip().splitlines()[-1]))
