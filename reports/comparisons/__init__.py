"""Groups of one survey side by side: chosen, read, and each set against everybody else. From published figures only."""
