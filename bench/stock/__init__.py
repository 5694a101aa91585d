"""A stock Wagtail site with the same words, as `wagtail start` makes it: what the Hub is measured beside."""
