"""How work is done, knowing nothing of articles: executors and the memory."""
