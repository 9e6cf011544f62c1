"""After uninstalling, the package can go: a real site is opened without it."""

from demo.instance import prepare
from pathlib import Path

import os
import pytest
import re
import shutil
import subprocess
import sys


ROOT = Path(__file__).parents[2]
REMOVING = (ROOT / "docs" / "removing.md").read_text()

#: Puts a finder before all others that does not find the package.
WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name == "slc.clicktracker" or name.startswith("slc.clicktracker."):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
"""

MAKE = """
from plone import api
from slc.clicktracker.audience.rules import AudienceRule, choose_audience
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.choice import Choice, choose
from zope.component.hooks import setSite
import transaction
site = app.Plone
setSite(site)
installer = api.content.get_view("installer", site, app.REQUEST)
with api.env.adopt_roles(["Manager"]):
    board = api.content.create(site, "Folder", "board", "Board")
    agenda = api.content.create(board, "Document", "agenda", "Agenda")
    choose(board, Choice.TRACK)
    choose(agenda, Choice.TRACK)
    choose(site, Choice.EXCLUDE)
    choose_audience(board, AudienceRule(False, users=(Reader("bob"),)))
    excuse(board, Reader("bob"), "on leave")
    repository = api.portal.get_tool("portal_repository")
    agenda.title = "Agenda, second version"
    repository.save(agenda)
    assert installer.uninstall_product("slc.clicktracker")
transaction.commit()
"""

OPEN = """
from plone import api
from plone.browserlayer.layer import mark_layer
from zope.component.hooks import setSite
from zope.publisher.skinnable import setDefaultSkin
from zope.traversing.interfaces import BeforeTraverseEvent
site = app.Plone
setSite(site)
setDefaultSkin(app.REQUEST)
mark_layer(site, BeforeTraverseEvent(site, app.REQUEST))
with api.env.adopt_roles(["Manager"]):
    for brain in api.content.find():
        content = brain.getObject()
        assert not [i for i in content.__provides__ if "clicktracker" in str(i)]
    page = site.board.agenda.restrictedTraverse("document_view")()
    assert "Agenda, second version" in page
    assert "clicktracker" not in page
    api.content.create(site, "Document", "new", "New")
    site.board.manage_pasteObjects(site.manage_copyObjects(["new"]))
print("opened")
"""

OLD_VERSION = """
from plone import api
from zope.component.hooks import setSite
site = app.Plone
setSite(site)
with api.env.adopt_roles(["Manager"]):
    agenda = site.board.agenda
    repository = api.portal.get_tool("portal_repository")
    versions = [version.object.title for version in repository.getHistory(agenda)]
print(versions)
"""


@pytest.fixture(scope="module")
def instance(made_site, zopes, tmp_path_factory):
    """The demo site, from which the package was uninstalled."""
    folder = tmp_path_factory.mktemp("removed") / "instance"
    shutil.copytree(made_site, folder)
    prepare(folder)
    script = folder / "script.py"
    script.write_text(MAKE)
    zopes.run_script(folder / "etc" / "zope.conf", script)
    return folder


def run(instance, code, stub=None):
    script = instance / "script.py"
    script.write_text(code)
    here = "" if stub else WITHOUT
    # To look for garbage meanwhile would take a tenth of the time.
    start = f"import gc\ngc.disable()\n{here}\n"
    start += "from Zope2.utilities.zconsole import main\nmain()\n"
    conf = str(instance / "etc" / "zope.conf")
    environ = os.environ | {"AUTOINCLUDE_ALLOW_MODULE_NOT_FOUND_ERROR": "1"}
    if stub:
        environ["PYTHONPATH"] = str(stub)
    done = subprocess.run(
        [sys.executable, "-c", start, "run", conf, str(script)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done


@pytest.fixture(scope="module")
def opened(instance):
    """What was said when it was opened without the package, and then an old version."""
    return run(instance, f"{OPEN}\n{OLD_VERSION}")


def test_the_site_opens_without_the_package(opened):
    assert opened.stdout.endswith("opened\n"), opened.stderr[-3000:]


def test_old_versions_open_with_the_documented_stub(instance, opened, tmp_path):
    assert "slc.clicktracker" in opened.stderr
    (code,) = re.findall(r"```python\n(.*?)```", REMOVING, flags=re.S)
    package = tmp_path / "slc" / "clicktracker"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "interfaces.py").write_text(code)
    (package / "configure.zcml").write_text(
        '<configure xmlns="http://namespaces.zope.org/zope" />'
    )
    done = run(instance, OLD_VERSION, stub=tmp_path)
    assert "Agenda, second version" in done.stdout, done.stderr[-3000:]
