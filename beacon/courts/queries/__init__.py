"""What is asked of courts and hearings."""
