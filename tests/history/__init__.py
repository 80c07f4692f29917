"""Tests of generator/history."""
