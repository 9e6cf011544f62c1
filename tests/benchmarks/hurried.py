"""``python -m tests.benchmarks.hurried MODULE WORDS``: a module of the benchmarks that waits for
nothing but work: where nothing is measured, half of the time of a run would be waiting for a
process to tell its state again, or for a site to hear of its settings.
"""

from slc.clicktracker.collector import watch
from slc.clicktracker.doors import answer_rules

import runpy
import sys


watch.PULSE = 0.1
answer_rules.UNDER_WAY = 0.0

if __name__ == "__main__":
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
