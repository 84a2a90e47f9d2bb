"""Mail to members of staff: written down first, carried out by a job."""
