"""Documents of a case, letters of its case manager, and a case on paper."""
