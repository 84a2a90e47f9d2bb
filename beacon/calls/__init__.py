"""The caller on the line: who they are, what may be said, and a message for a colleague."""
