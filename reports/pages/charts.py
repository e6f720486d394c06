"""What a page with charts needs of the browser's rules."""

from csp.decorators import csp_update

# Plotly sets style attributes on what it draws: chart pages allow these, and no more <style> or <script> than others.
# The page's head includes components/chart_head.html, whose style element Plotly uses for its rules.
chart_page = csp_update({"style-src-attr": ["'unsafe-inline'"]})
