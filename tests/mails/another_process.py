"""A fixture: something that is done at the same time, as in another process."""

from Testing.makerequest import makerequest
from threading import Thread
from zope.component.hooks import setSite
from zope.globalrequest import setRequest

import pytest
import transaction


@pytest.fixture
def in_another_process(functional):
    """Return a function: what another one returns that is called in the site with a
    connection and a transaction of its own, as in another process."""
    database = functional["app"]._p_jar.db()

    def call(function):
        found = []

        def run():
            connection = database.open()
            app = makerequest(connection.root()["Application"])
            setRequest(app.REQUEST)
            setSite(app.plone)
            try:
                found.append(function())
            finally:
                setSite(None)
                setRequest(None)
                transaction.abort()
                connection.close()

        thread = Thread(target=run)
        thread.start()
        thread.join()
        return found.pop()

    return call
