"""The output room: the only one that writes to the output folder. A site is built aside and put in place whole."""
