"""Keeping the service well: is it alive, is it ready, is it set up as it should be, how fast."""
