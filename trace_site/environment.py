"""Readers of environment variables that stop the start with a sentence when something is wrong."""

import logging
import os
import re
import zoneinfo
from collections.abc import Collection, Mapping
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ

ROOT = Path(__file__).resolve().parent.parent
HERE = ("localhost", "127.0.0.1", "::1")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
SECRET_LENGTH = 50  # characters, as Django's own check wants them
PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}

Allowance = tuple[int, timedelta]


def read_file() -> None:
    """What stands in `.env`, or in the file that ENV_FILE names; the environment wins."""
    named = os.environ.get("ENV_FILE")
    if named and not os.access(named, os.R_OK):
        raise SystemExit(f"TRACE cannot start: ENV_FILE names {named}, which is not there or not ours to read.")
    environ.Env.read_env(named or ROOT / ".env")


def require(needs: Mapping[str, str]) -> None:
    """`needs` says of each variable what it is for; an empty one counts as missing."""
    if missing := [name for name in needs if not os.environ.get(name)]:
        lines = "\n".join(f"  {name}: {needs[name]}" for name in missing)
        raise SystemExit(
            f"TRACE cannot start: on a site for others these environment variables must be set:\n{lines}\n"
            "To try TRACE out on this machine, type `make run`, or DEBUG=1 before another command."
        )


def require_here(name: str, text: str) -> None:
    """Stops the start of a site that shows its insides, where its address is not one of this machine."""
    if urlsplit(text).hostname not in HERE:
        raise SystemExit(
            f"TRACE cannot start: DEBUG shows its insides to everybody, and {name} says that others reach it ({text}). "
            "Take one of the two away."
        )


def require_secret(name: str, text: str) -> None:
    if len(text) < SECRET_LENGTH or len(set(text)) < 5:
        raise SystemExit(
            f"TRACE cannot start: {name} can be guessed. Make one of {SECRET_LENGTH} characters or more with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )


def switch(name: str, *, default: bool) -> bool:
    text = (os.environ.get(name) or "").strip().lower()
    if text and text not in YES + NO:
        raise SystemExit(f"{name} must be 1 or 0, not {text!r}.")
    return text in YES if text else default


def level(name: str, *, default: str) -> str:
    """Of what is logged."""
    text = os.environ.get(name) or default
    if text not in logging.getLevelNamesMapping():
        raise SystemExit(f"{name} must be DEBUG, INFO, WARNING or ERROR, not {text!r}.")
    return text


def time_zone(name: str, *, default: str) -> str:
    text = os.environ.get(name) or default
    if text not in zoneinfo.available_timezones():
        raise SystemExit(f"{name} must be a time zone such as Europe/London, not {text!r}.")
    return text


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


def bucket(name: str, text: str) -> tuple[str, str]:
    """The bucket that `text` names, and the folder in it; empty where it names a folder of this host.

    Never printed: somebody may have put a password into it.
    """
    scheme, colon, rest = text.partition("://")
    if not colon:
        return "", ""
    there, _slash, folder = rest.partition("/")
    if scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]+", there):
        raise SystemExit(f"{name} must be a folder, or a bucket such as s3://trace-files.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise SystemExit(f"TRACE cannot start: {name} names a bucket, for which packages are missing: make setup-s3.")
    return there, folder.strip("/")


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
