"""Courts, the people who are charged, their hearings, and the text that reminds them to come."""
