"""The command ``clicktracker``, for who runs the server."""
