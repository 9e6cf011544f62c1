"""The wheel: complete, and importable from a clean environment; the source archive."""

from pathlib import Path
from zipfile import ZipFile

import pytest
import shutil
import subprocess
import sys
import tarfile


ROOT = Path(__file__).parents[2]

#: What comes into being beside the sources.
LEFTOVERS = shutil.ignore_patterns(
    "__pycache__", "*.pyc", "*.mo", "*.egg-info", "node_modules", "core", "build.log"
)


#: What building scripts puts there of others.
FETCHED = (
    "frontend/classic/node_modules",
    "frontend/core",
    "frontend/node_modules",
    "frontend/packages/volto-clicktracker/node_modules",
)


def run(*command: str | Path, **options: object) -> str:
    """Run a command that must succeed and return what it prints."""
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources without any leftovers but those of building scripts."""
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "src", source / "src", ignore=LEFTOVERS)
    shutil.copytree(ROOT / "frontend", source / "frontend", ignore=LEFTOVERS)
    for pattern in ("setup.py", "pyproject.toml", "MANIFEST.in", "LICENSE", "*.md"):
        for path in ROOT.glob(pattern):
            shutil.copy(path, source)
    shutil.copy(ROOT / "CHANGES.rst", source)
    for folder in FETCHED:
        (source / folder).mkdir(parents=True)
        (source / folder / "theirs.js").write_text("// not ours")
    return source


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the copy of the sources."""
    return build("--wheel", source, tmp_path_factory.mktemp("dist"))


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a wheel or a source archive and return it."""
    run(sys.executable, "-m", "build", kind, "--no-isolation", "-o", target, source)
    (built,) = target.iterdir()
    return built


def test_holds_every_file_of_the_package(wheel, tmp_path):
    package = shutil.copytree(ROOT / "src", tmp_path / "src", ignore=LEFTOVERS)
    expected = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.is_file()
    }
    with ZipFile(wheel) as archive:
        missing = expected - set(archive.namelist())
    assert not missing
    kinds = {Path(name).suffix for name in expected}
    assert kinds >= {".zcml", ".pt", ".sql", ".js", ".xml", ".py"}


def test_holds_nothing_else(wheel):
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    strays = [n for n in names if not n.startswith(("slc/clicktracker/", "slc_click"))]
    assert strays == []


def test_the_source_archive_has_the_readable_scripts_and_no_modules(source, tmp_path):
    with tarfile.open(build("--sdist", source, tmp_path)) as archive:
        names = [name.split("/", 1)[-1] for name in archive.getnames()]
    assert "frontend/classic/tracker.js" in names
    assert "frontend/classic/package-lock.json" in names
    assert "frontend/classic/.npmrc" in names
    assert "frontend/pnpm-lock.yaml" in names
    assert "frontend/.pnpmfile.cjs" in names
    assert "frontend/packages/volto-clicktracker/src/index.js" in names
    assert not [name for name in names if name.endswith("theirs.js")]


def test_is_a_native_namespace_and_names_its_license(wheel):
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry_points,) = (n for n in names if n.endswith("entry_points.txt"))
        assert "slc/__init__.py" not in names
        assert not [name for name in names if name.endswith("namespace_packages.txt")]
        assert [name for name in names if name.endswith("LICENSE")]
        assert "[z3c.autoinclude.plugin]" in archive.read(entry_points).decode()


def test_installs_into_a_clean_environment(wheel, tmp_path):
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "-q", "--no-index", "--no-deps", "--ignore-installed", wheel)
    # Zope's packages come from here, after everything there.
    code = (
        "import sys; sys.path += sys.argv[1:];"
        "import slc, slc.clicktracker.interfaces as module;"
        "assert slc.__file__ is None, 'not a native namespace';"
        "print(module.__file__)"
    )
    origin = run(python, "-I", "-c", code, *sys.path, cwd=tmp_path).strip()
    assert Path(origin).is_relative_to(tmp_path / "venv")
