"""Databases of released versions, small, as they were in use: what a later version must be able to take over."""
