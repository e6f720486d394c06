"""How slides are written as PPTX: the file and its look, text that fits, native tables and charts, small drawings."""
