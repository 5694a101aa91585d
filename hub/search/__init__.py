"""The public search: what somebody typed, what it means, and what is found. Nothing that is not public is."""
