"""How fast TRACE is, as ratios measured side by side in one run: `make bench`. See docs/performance.md."""
