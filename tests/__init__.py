"""The tests mirror the package: `generator/intake/tree.py` is tested by `tests/intake/test_tree.py`."""
