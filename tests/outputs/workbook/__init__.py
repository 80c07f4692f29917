"""Tests of generator/outputs/workbook."""
