"""Tests of generator/outputs/difference."""
