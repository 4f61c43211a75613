"""What was found before: a key comes in, what is remembered under it comes out, as JSON and never as code.

`cache.store` keeps it in files, `cache.keys` makes the keys, `cache.results` remembers reports.
"""
