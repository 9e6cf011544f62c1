"""In the place of wrk, which not every machine has: a few requests, as wrk's script
would send them, and what wrk's script prints."""

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import json
import re
import sys


REQUESTS = 5

# Who says nothing about the browser is a program, whose page views don't count.
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def main() -> None:
    if sys.argv[1:] == ["-v"]:
        print("a few requests [in the place of wrk]")
        return
    script = Path(sys.argv[sys.argv.index("-s") + 1]).read_text()
    url, lines, *run = [
        word for word in sys.argv[sys.argv.index("-s") + 2 :] if word != "--"
    ]
    message = re.search(r"'(\{\"ticket\".*)', login", script)[1]
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname, address.port, timeout=30)
    refused = 0
    for number, line in enumerate(Path(lines).read_text().splitlines()[:REQUESTS]):
        cookie, ticket = line.split("\t")
        body = message % (ticket, run[0], number) if run else None
        headers = {"Cookie": cookie, "User-Agent": AGENT}
        connection.request(
            "POST" if run else "GET", address.path, body, headers=headers
        )
        answer = connection.getresponse()
        answer.read()
        refused += answer.status >= 400
    names = ("microseconds", "p50", "p99", "connect", "read", "write", "timeout")
    counted = dict.fromkeys(names, 0) | {"microseconds": 1_000_000}
    print(json.dumps(counted | {"answers": REQUESTS, "refused": refused}))


main()
