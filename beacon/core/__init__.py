"""The ground: value types, the database, the clock. No pages and no feature words."""
