"""What we write to a victim: by which safe way, or why it is held; and print runs of letters."""
