"""The search room: Pagefind's indexer over the built pages, its output made the same for the same input."""
