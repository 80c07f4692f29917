"""Tests of generator/outputs/glance."""
