"""Measurements that anyone can repeat: `python -m tests.benchmarks.NAME` at the root of the checkout."""
