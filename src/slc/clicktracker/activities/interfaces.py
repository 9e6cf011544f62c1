"""What an activity is to those who name it."""

from zope.interface import Attribute
from zope.interface import Interface


class IActivity(Interface):
    """Something that members do, recognised in their events: a named utility.

    The rules in the control panel are asked first, in their order, then these. What it
    raises is logged, and it claims nothing of that run.
    """

    title = Attribute("What it is called on screens and in files.")
    position = Attribute(
        "A number. Activities with smaller ones are asked first, those of one position "
        "by the names of the utilities."
    )

    def claimed(run):
        """Return those of the events of a ``Run`` that belong to it, as an iterable.

        An event belongs to the first activity that claims it, so there are only those
        in the run that no activity has claimed before. What is not in the run is left
        out. It has to be the same for the same run.
        """
