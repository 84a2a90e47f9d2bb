"""What people keep for their own work: the columns of their list, filters, a calendar's link."""
