"""Where consultants make checklists of their own: a draft page by page, its preview, its files, its versions."""
