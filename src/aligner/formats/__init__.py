"""Reading and writing files, with one module for each format."""
