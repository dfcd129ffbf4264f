"""The licence room: what licences are called and permit, which marks prove it, and the words of the footer. Pure."""
