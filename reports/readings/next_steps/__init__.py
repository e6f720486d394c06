"""What might be done about a place: which causes answers point to, and the actions that fit."""
