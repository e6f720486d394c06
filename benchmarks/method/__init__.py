"""How often the method errs and what it finds: the scoring core on made people, of whom the truth is known."""
