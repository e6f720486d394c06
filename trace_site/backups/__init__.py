"""Copies of a whole site, and sites made of them: `manage.py backup`, `manage.py restore`."""
