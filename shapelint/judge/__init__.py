"""The engine: what a document states and defines is solved first, what names suggest comes last."""
