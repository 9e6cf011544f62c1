"""What services for web analytics are told by the server itself, and how."""
