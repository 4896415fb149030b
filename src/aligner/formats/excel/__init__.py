"""Excel workbooks of any kind: opening them safely, and writing their cells, styles and sheets."""
