"""Beacon: one door for every victim of crime in the county."""
