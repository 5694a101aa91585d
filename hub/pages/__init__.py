"""The shared tree: what a page is, what it may hold, and what the public may see of it."""
