"""What proves a storage: subclass ``StorageContract`` and run it with pytest."""
