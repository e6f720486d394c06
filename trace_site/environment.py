"""Readers of environment variables that stop the start with a sentence when something is wrong."""

import os
from collections.abc import Collection, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}

Allowance = tuple[int, timedelta]


def require(needs: Mapping[str, str]) -> None:
    """`needs` says of each variable what it is for; an empty one counts as missing."""
    if missing := [name for name in needs if not os.environ.get(name)]:
        lines = "\n".join(f"  {name}: {needs[name]}" for name in missing)
        raise SystemExit(f"TRACE cannot start: with DEBUG off these environment variables must be set:\n{lines}")


def number(name: str, *, default: int, within: range) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) not in within:
        raise SystemExit(f"{name} must be a number between {within[0]} and {within[-1]}, not {text!r}.")
    return int(text)


def address(name: str, *, default: str) -> str:
    """A web address without the slash at its end."""
    text = os.environ.get(name) or default
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise SystemExit(f"{name} must be an address such as https://trace.example.org, not {text!r}.")
    return text.rstrip("/")


def service(name: str, *, among: Collection[str], like: str, default: str = "") -> str:
    """The address of a service, of one of the kinds `among`; never printed, since it may hold a password."""
    text = os.environ.get(name) or default
    if text.partition("://")[0] not in among:
        raise SystemExit(f"{name} must say {like}.")
    return text


def require_password(name: str, text: str, *, why: str) -> None:
    """Stops the start where the address `text` of a service holds none."""
    if not urlsplit(text).password:
        raise SystemExit(f"TRACE cannot start: {name} holds no password. {why}")


def quotas(defaults: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Allowance]]:
    """quota → holder → how many within how long. Each default, such as '200/day', gives way to a variable."""
    return {
        quota: {
            holder: allowed
            for holder, usual in held.items()
            if (allowed := _allowance(f"QUOTA_{quota}_PER_{holder}".upper().replace("-", "_"), usual))
        }
        for quota, held in defaults.items()
    }


def _allowance(name: str, default: str) -> Allowance | None:
    text = os.environ.get(name) or default
    most, _slash, period = text.partition("/")
    if text == "none":
        return None
    if not most.isdecimal() or period not in PERIODS:
        raise SystemExit(
            f"{name} must say how many in an hour, a day or a week, such as 200/day, or none, not {text!r}."
        )
    return int(most), PERIODS[period]
