"""Who has read this document? Evidence of reading for Plone sites."""

from logging import getLogger
from zope.i18nmessageid import MessageFactory


PACKAGE_NAME = "slc.clicktracker"

_ = MessageFactory(PACKAGE_NAME)
logger = getLogger(PACKAGE_NAME)
