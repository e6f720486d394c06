import doctest
import itertools

from core import colours


def test_the_examples_hold():
    assert doctest.testmod(colours).attempted
    assert doctest.testmod(colours).failed == 0


def test_the_text_on_any_colour_can_be_read():
    parts = [f"{part:02x}" for part in range(0, 256, 17)]
    for three in itertools.product(parts, repeat=3):
        ground = f"#{''.join(three)}"
        assert colours.contrast(colours.text_on(ground), ground) >= colours.LEAST
