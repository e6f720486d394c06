"""Every example in the docstrings of the scoring core holds."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from reports import scoring

WITHOUT_EXAMPLES = {"careless"}  # its functions are those of the ballots, and shown there


@pytest.mark.parametrize("module", sorted(module.name for module in iter_modules(scoring.__path__)))
def test_the_examples_in_the_docstrings_hold(module):
    outcome = doctest.testmod(import_module(f"reports.scoring.{module}"))
    assert bool(outcome.attempted) == (module not in WITHOUT_EXAMPLES)
    assert not outcome.failed
