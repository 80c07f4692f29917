"""Tests of generator/outputs/site."""
