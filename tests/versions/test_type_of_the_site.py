"""The version of content whose type was made in the site, as that of a File is."""

from plone import api
from plone.dexterity.fti import DexterityFTI
from slc.clicktracker.versions.visible import visible_version

import pytest
import transaction


MODEL = """
<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>
    <field name="remark" type="zope.schema.Text"><title>Remark</title></field>
  </schema>
</model>
"""


@pytest.fixture
def memo(site):
    types = api.portal.get_tool("portal_types")
    types._setObject("memo", DexterityFTI("memo", model_source=MODEL))
    with api.env.adopt_roles(["Manager"]):
        memo = api.content.create(site, "memo", "berths", remark="Closed on Monday")
    transaction.commit()
    return memo


def test_a_change_of_the_type_leaves_nobody_behind(memo):
    before = visible_version(memo).digest
    fti = api.portal.get_tool("portal_types")["memo"]
    fti.manage_changeProperties(description="Short notes")
    transaction.commit()
    assert visible_version(memo).digest == before


def test_a_change_of_the_text_does(memo):
    before = visible_version(memo).digest
    memo.remark = "Closed on Tuesday"
    transaction.commit()
    assert visible_version(memo).digest != before
