"""The key of a server."""

from slc.clicktracker.seals.keys import SealKey


def use_key(monkeypatch, path):
    """Have a server use a new key, which is in a file. Return it."""
    key = SealKey.made()
    path.write_text(key.pem)
    path.chmod(0o600)
    monkeypatch.setenv("CLICKTRACKER_SEAL_KEY", str(path))
    return key
