"""Who has read content: the report, the files of it, and one reader."""
