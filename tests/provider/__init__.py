"""A stand-in for the text provider, in a process of its own on this machine."""
