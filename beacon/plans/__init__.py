"""What is done for a victim: the plan, its sessions, promises, the safety plan, and closing."""
