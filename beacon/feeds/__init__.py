"""Files in: what a file is, what its rows say, and which rows are sent back."""
