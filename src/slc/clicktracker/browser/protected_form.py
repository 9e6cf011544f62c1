"""Forms that do nothing for a mere link."""

from plone.protect import CheckAuthenticator
from plone.protect import PostOnly


class ProtectedForm:
    """Mix-in for forms of z3c.form: a button counts in a POST with the authenticator
    of the user alone, which is looked at before anything that a button does.

    Nor does a link fill in fields: what is in a field is what the user has typed.
    Raises ``Forbidden`` for a button that was pressed in any other way.
    """

    def update(self) -> None:
        self.ignoreRequest = self.request.method != "POST"
        super().update()

    def updateActions(self) -> None:
        super().updateActions()
        if self.actions.executedActions:
            PostOnly(self.request)
            CheckAuthenticator(self.request)
