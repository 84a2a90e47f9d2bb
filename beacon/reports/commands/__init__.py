"""What is changed of reports: the columns of the ministry's return."""

from beacon.reports.commands.columns import ColumnGiven, add_column, change_column, end_column

__all__ = ["ColumnGiven", "add_column", "change_column", "end_column"]
