"""A user's own table, whether in a workbook or in delimited text: its rows and its columns."""
