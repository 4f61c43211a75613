"""Statements in, the shape of every node and the problems out."""
