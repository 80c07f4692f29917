"""Dates and coverage: pure functions of records; `as_of` is an argument."""
