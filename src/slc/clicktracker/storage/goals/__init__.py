"""Goals that readers reach, and which version of a split they were shown."""
