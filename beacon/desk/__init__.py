"""The desk: one person's day, from every feature they may open, on one page."""
