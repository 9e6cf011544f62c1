"""What can go wrong between the product and a storage."""


class StorageError(Exception):
    """A storage could not do what it was asked; the text says what to do."""


class RecordingOff(StorageError):
    """Recording is switched off for this instance, so there is no storage to ask.

    Never an empty answer, for the same reason as below.
    """


class StorageUnavailable(StorageError):
    """The storage can't be reached now. Nothing was recorded; try again later.

    Never an empty answer: "nobody has read it" and "nobody knows" are
    different things.
    """


class StorageNotSetUp(StorageUnavailable):
    """The database is reachable, but its tables are missing or outdated.

    Run "Set up database" in the control panel or load ``sql/db.sql``.
    """


class InvalidAddress(StorageError):
    """The address of a database (a DSN or a path) can't be understood."""


class UnstorableData(StorageError):
    """The data itself makes it impossible; trying again would not help.

    Nothing of the batch was recorded. A number out of range, or text that the
    database can't encode: what a storage is sent is bounded before, so this
    says that something else than the product wrote it.
    """
