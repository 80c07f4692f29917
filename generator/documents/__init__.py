"""Documents: their kinds, which of them exist, and their bodies."""
