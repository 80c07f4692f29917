"""Tests of generator/intake."""
