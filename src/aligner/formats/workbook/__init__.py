"""The workbook that a translator reviews: written, and read back."""
