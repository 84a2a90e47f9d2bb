"""Texts: planned, claimed, sent at most once, and their receipts."""
