"""Text in, trees out: the grammars of `grammar/`, read by a prepared table."""
