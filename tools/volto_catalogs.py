"""The catalogs of the add-on for Volto, from what its sources say: run by ``make i18n``."""

from pathlib import Path

import re


ADD_ON = Path(__file__).parents[1] / "frontend" / "packages" / "volto-clicktracker"
LOCALES = ADD_ON / "locales"

#: The template, and the languages.
CATALOGS = ("volto.pot", "en/LC_MESSAGES/volto.po", "de/LC_MESSAGES/volto.po")

#: How a message stands in the sources, and in a catalog. Its id is the text itself where Volto
#: only knows that, as it does of blocks.
_IN_SOURCE = re.compile(r'\bid(?:: |=)"([^"]+)",?\s+defaultMessage(?::\s+|=)"([^"]+)"')
_IN_CATALOG = re.compile(
    r'#\. Default: "([^"]+)"\n(?:#: .*\n)+msgid "([^"]+)"\nmsgstr "([^"]*)"'
)


def said() -> dict[str, tuple[str, list[str]]]:
    """Return what the sources say in English, and where, by message id.

    ``ValueError`` where a message is written in a way that isn't understood, or has two
    texts.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    sources = ADD_ON / "src"
    for path in sorted([*sources.rglob("*.js"), *sources.rglob("*.jsx")]):
        text = path.read_text()
        messages = _IN_SOURCE.findall(text)
        if len(messages) != text.count("defaultMessage"):
            raise ValueError(path)
        place = str(path.relative_to(sources).with_suffix(""))
        for key, english in messages:
            known, places = found.setdefault(key, (english, []))
            if known != english:
                raise ValueError(key)
            if place not in places:
                places.append(place)
    return found


def catalog(name: str) -> dict[str, tuple[str, str]]:
    """Return English and translation in one of the ``CATALOGS``, by message id."""
    entries = _IN_CATALOG.findall((LOCALES / name).read_text())
    return {key: (english, translated) for english, key, translated in entries}


def write_catalogs() -> None:
    """Write all catalogs, with the translations that they have; another text in English
    needs another translation."""
    messages = said()
    for name in CATALOGS:
        path, known = LOCALES / name, catalog(name)
        head = path.read_text().partition("\n\n")[0]
        entries = [head]
        for key, (english, places) in sorted(messages.items()):
            before, translated = known.get(key, (english, ""))
            lines = [f'#. Default: "{english}"', *(f"#: {each}" for each in places)]
            kept = translated if before == english else ""
            entries.append("\n".join([*lines, f'msgid "{key}"', f'msgstr "{kept}"']))
        path.write_text("\n\n".join(entries) + "\n")


if __name__ == "__main__":
    write_catalogs()
