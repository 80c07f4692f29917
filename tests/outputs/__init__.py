"""Tests of generator/outputs."""
