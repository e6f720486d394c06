import pytest


def pytest_collection_modifyitems(config, items):
    """Whoever runs all that is here does not mean these: they fetch packages and take minutes."""
    if "recipe" not in config.option.markexpr or "not recipe" in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("recipe"):
                item.add_marker(pytest.mark.skip(reason="only in make test-recipes"))
