"""The words of a page: whose they are, how hard to read, and the address they make."""
