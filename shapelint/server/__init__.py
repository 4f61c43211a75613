"""The language server: an editor's messages come in, what `check` and `analyse` say goes out.

It maps and does not judge; these are the only rooms that know the protocol's types.
"""
