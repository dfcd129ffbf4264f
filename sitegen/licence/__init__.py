"""The licence room: what each licence is called and permits, which marks prove it, and the words of the footer. Pure."""
