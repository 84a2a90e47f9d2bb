"""Figures that look across features: how often the Victims' Code was kept, for the Board."""
