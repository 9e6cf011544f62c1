"""A WSGI filter that lets the process believe what Zope has told by a clock that stands
still until it is turned."""

from pathlib import Path
from slc.clicktracker.collector.primed import Primed
from slc.clicktracker.collector.told_bans import ToldBans


def make_filter(global_conf, file):
    """The factory for PasteDeploy. ``file`` has the seconds that the clock shows."""

    def clock():
        return float(Path(file).read_text())

    for told in (Primed, ToldBans):
        told.__init__.__defaults__ = (clock,)
    return lambda app: app
