"""Referrals: how people are sent to us, by file, by partner or by hand."""
