"""What a page comes to be: asked from outside, for the page's own policy forbids it to evaluate a text."""

import time

from playwright.sync_api import Page

PATIENCE_S = 10


def comes_true(page: Page, expression: str) -> bool:
    """Return whether an expression of a page is true, or becomes so within some seconds."""
    until = time.monotonic() + PATIENCE_S
    while not page.evaluate(expression):
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(20)
    return True
