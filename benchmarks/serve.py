"""A server that is measured: Zope's own, which looks for garbage as seldom as the demo's."""

from demo.garbage import look_for_garbage_less_often
from Zope2.Startup.serve import main

import sys


if __name__ == "__main__":
    look_for_garbage_less_often()
    sys.exit(main())
