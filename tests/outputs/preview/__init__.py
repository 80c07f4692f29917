"""Tests of generator/outputs/due."""
