"""An oracle: networks of many kinds as small documents with one slip each, labelled by NumPy."""
