"""The preview: builds, serves on this machine only, watches, and reloads the browser by itself."""
