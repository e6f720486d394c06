"""The model's files as people write them: a folder of YAML for each version of the model."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "model"
FIRST, CURRENT = "1.0", "2.0"
VERSIONS = (FIRST, CURRENT)


@lru_cache
def written(version: str, name: str) -> dict[str, Any]:
    """The file `name` of a version, read once per process: look, never change. Raises FileNotFoundError.

    >>> written("1.0", "trace_model.yaml")["model"]["version"]
    '1.0'
    """
    return yaml.load((FOLDER / version / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
