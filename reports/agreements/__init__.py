"""What those in the room agreed at the end of a conversation about a report: what, who, by when."""
