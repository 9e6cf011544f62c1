"""Test layers: a Plone site with the add-on."""

from plone.app.contenttypes.testing import PLONE_APP_CONTENTTYPES_FIXTURE
from plone.app.testing import applyProfile
from plone.app.testing import IntegrationTesting
from plone.app.testing import PloneSandboxLayer
from Products.CMFPlone.Portal import PloneSite
from typing import Any

import plone.app.caching
import plone.app.iterate
import plone.app.multilingual
import plone.exportimport
import slc.clicktracker


class ClickTrackerFixture(PloneSandboxLayer):
    """A Plone site with the add-on installed."""

    defaultBases = (PLONE_APP_CONTENTTYPES_FIXTURE,)

    def setUpZope(self, app: Any, configurationContext: Any) -> None:
        self.loadZCML(package=plone.app.caching)
        self.loadZCML(package=plone.app.iterate)
        self.loadZCML(package=plone.app.multilingual)
        self.loadZCML(package=plone.exportimport)
        self.loadZCML(package=slc.clicktracker)

    def setUpPloneSite(self, portal: PloneSite) -> None:
        portal.portal_workflow.setDefaultChain("simple_publication_workflow")
        applyProfile(portal, "plone.app.iterate:default")
        # As every new site has it.
        applyProfile(portal, "plone.restapi:default")
        applyProfile(portal, "slc.clicktracker:default")


FIXTURE = ClickTrackerFixture()
INTEGRATION_TESTING = IntegrationTesting(
    bases=(FIXTURE,), name="slc.clicktracker:Integration"
)
