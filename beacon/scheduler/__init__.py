"""The process that wakes up and asks the data what is due; the database decides."""
