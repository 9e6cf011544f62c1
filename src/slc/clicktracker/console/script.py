"""What ``zconsole`` runs for the command ``clicktracker``: ``app`` is Zope's root."""

from slc.clicktracker.console.command import in_zope


if __name__ == "__main__":
    in_zope(globals()["app"])
