"""Tests of Beacon: units, work, pages, journeys, migrations and the shape of the house."""
