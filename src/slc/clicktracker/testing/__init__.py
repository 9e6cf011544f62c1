"""What proves a storage: subclass a contract and run it with pytest."""

from slc.clicktracker.testing.capabilities import CapabilityContract
from slc.clicktracker.testing.contract import StorageContract


__all__ = ["CapabilityContract", "StorageContract"]
