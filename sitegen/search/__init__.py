"""The search room: an index of the built pages, Korean by our own rules, other languages by Pagefind's indexer."""
