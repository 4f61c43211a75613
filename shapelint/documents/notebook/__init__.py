"""Jupyter notebooks: the raw JSON in, the view of its cells out, and edits of the view back into the JSON."""
