"""The importers' room: a raw capture becomes drafts of content files. Never part of a build. READ profiles.py FIRST.

A profile is a pure function of a capture. It accounts for every line: head, body, statement, dropped by a named rule,
or unplaced, which is a doubt and said aloud. What a capture does not say is null, never guessed.
"""
