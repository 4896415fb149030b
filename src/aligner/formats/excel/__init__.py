"""Excel workbooks of any kind: opened safely, their cells, styles and sheets written."""
