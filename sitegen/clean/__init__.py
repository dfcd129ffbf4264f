"""The cleaning room: an article body goes in, a body that is safe, small and readable comes out. Pure.

Start at body.py. Order: read the format (markdown.py, outline.py, tree.py) → named rules (rules/) → gate.py (nh3).
"""
