"""What is shown in the room, slide by slide: one message each, in words and views. Present mode and PPTX draw it."""
