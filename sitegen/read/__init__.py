"""The reading room: bytes on disk become articles. What cannot be read with certainty is an error with its place."""
