"""Tests of generator/outputs/editor."""
