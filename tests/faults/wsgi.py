"""The server of these tests as an application for uWSGI: ``Setup`` is in the
environment, as JSON."""

from tests.faults.server import application as made
from tests.faults.server import Setup

import json
import logging
import os


logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
application = made(Setup(**json.loads(os.environ["CLICKTRACKER_FAULTS"])))
