"""Run by ``zconsole run``: each acknowledgement waits for the disk."""

from plone import api
from slc.clicktracker.interfaces import ICollectorSettings
from typing import Any
from zope.component.hooks import setSite

import transaction


def main(app: Any) -> None:
    """Switch it on."""
    setSite(app.Plone)
    api.portal.set_registry_record(f"{ICollectorSettings.__identifier__}.strict", True)
    transaction.commit()


if __name__ == "__main__":
    main(globals()["app"])
