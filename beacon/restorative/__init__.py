"""Restorative justice: what victims were offered and what they said; and out-of-court disposals."""
