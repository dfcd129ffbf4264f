"""The render room: page values become bytes, through templates. theme.py is its door."""
