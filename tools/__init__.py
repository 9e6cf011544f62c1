"""What the Makefile calls to prepare and maintain the project."""
