"""Content to try the Hub with. Everything invented says so on the page; nothing here runs in production."""
