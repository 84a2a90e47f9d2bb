"""The orders that the courts obey, each in one transaction."""
