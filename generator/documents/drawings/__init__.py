"""The drawings of a system design: each module makes one of them from the design's data."""
