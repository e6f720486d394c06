"""A checklist as a file: YAML, and a workbook that people edit. What is wrong is named by its place."""
