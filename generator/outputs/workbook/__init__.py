"""A contract as an Excel workbook, and back."""
