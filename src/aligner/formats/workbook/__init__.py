"""The workbook that a translator reviews: writing it, and reading its decisions back."""
