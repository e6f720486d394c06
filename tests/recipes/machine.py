"""A clean Debian: its own root file system, processes, users and network, with its own systemd and units as they are.

What differs from a machine that somebody has just set up: where this one reaches packages by a proxy with an authority
of its own, that authority is known in there as well; and no limit of memory holds, as there is no controller for it.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.recipes.page import under
from tests.stage import ROOT, comes_true

KEPT = Path("/var/tmp/trace-recipes")  # noqa: S108  # what is fetched once: it takes minutes
OWN_AUTHORITIES = Path("/usr/local/share/ca-certificates")
TOOLS = ("mmdebstrap", "unshare", "nsenter", "ip", "iptables", "git")
BOOT = Path(__file__).with_name("boot.sh")
SPACES = ("unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "--cgroup")
NAMES = "SITE MAIL WORKSPACE OWNER SOURCE VERSION DATABASE_PASSWORD REDIS_PASSWORD"
VERSIONS = ("v1", "v2")  # tags of this repository as it is; each knows itself by its commit
PATIENCE = 1800  # seconds for one block: packages are fetched

followed: set[tuple[str, str]] = set()  # headings and marks of the blocks that were run


class Refused(Exception):
    """A command of the page did not work; its text says which and what it said."""


def why_not() -> str:
    if os.geteuid() != 0:
        return "only root can make a machine out of name spaces"
    missing = [tool for tool in TOOLS if not shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin")]
    return f"not installed: {', '.join(missing)}" if missing else ""


def root_of(suite: str) -> Path:
    """The file system that Debian's own installer would leave, without a kernel."""
    root = KEPT / suite
    if not root.exists():
        KEPT.mkdir(exist_ok=True)
        unfinished = root.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        packages = ["--variant=important", "--include=ca-certificates"]
        command = ["mmdebstrap", *packages, suite, unfinished]
        said = subprocess.run(command, check=False, capture_output=True, text=True)
        assert said.returncode == 0, said.stderr[-2000:]
        for authority in OWN_AUTHORITIES.glob("*.crt"):
            shutil.copy(authority, unfinished / "usr/local/share/ca-certificates")
        subprocess.run(["chroot", unfinished, "update-ca-certificates"], check=True, capture_output=True)
        (unfinished / "etc/pip.conf").write_text("[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n")
        unfinished.rename(root)
    return root


@dataclass
class Machine:
    home: Path
    number: int
    names: dict[str, str]
    process: subprocess.Popen = field(init=False)

    @property
    def root(self) -> Path:
        return self.home / "root"

    @property
    def address(self) -> str:
        return f"10.213.{self.number}.2"

    def run(self, script: str) -> str:
        """What the commands print. Raises Refused where one fails."""
        inside = ["nsenter", f"--target={self._init()}", "--all", "--", "/usr/bin/env", "-i"]
        words = ["HOME=/root", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]
        said = subprocess.run(
            [*inside, *words, "bash", "-euo", "pipefail", "-c", script],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        with (self.home / "said").open("a") as log:
            log.write(f"--- {script}\n{said.stdout}\n")
        if said.returncode:
            raise Refused(f"{script}\n--- exit {said.returncode}:\n{said.stdout[-3000:]}")
        return said.stdout

    def follow(self, heading: str, mark: str = "", **names: str) -> str:
        """Every block under a heading of the page, in one shell with those before."""
        followed.add((heading, mark))
        return "".join(
            self.run(
                "[ ! -f /run/shell ] || . /run/shell\n"
                f"{block.with_names(self.names | names)}\n"
                f"{{ declare -p {NAMES} 2>/dev/null || true; echo cd $PWD; }} > /run/shell\n"
            )
            for block in under(heading, mark)
        )

    def _init(self) -> int:
        """Its first process, as we number it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def is_up(self) -> bool:
        try:
            return self.run("systemctl is-system-running || true").strip() in ("running", "degraded")
        except (Refused, IndexError, OSError):
            return False


@contextmanager
def machine(suite: str, home: Path, *, number: int, names: dict[str, str]) -> Iterator[Machine]:
    made = Machine(home, number, names)
    for folder in ("up", "work", "root"):
        (home / folder).mkdir(parents=True)
    space = f"trace-recipe-{number}"
    with network(space, number):
        layers = f"lowerdir={root_of(suite)},upperdir={home / 'up'},workdir={home / 'work'}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, made.root], check=True)
        try:
            _furnish(made)
            with (home / "console").open("w") as console:
                command = ["ip", "netns", "exec", space, *SPACES, "bash", str(BOOT), str(made.root), str(KEPT)]
                made.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=console)
            assert comes_true(made.is_up, seconds=60, of=made.process, every=1), (home / "console").read_text()
            yield made
        finally:
            _keep_journal(made, KEPT / f"{suite}.journal")
            _end(made)


def _furnish(made: Machine) -> None:
    """What every machine has of its network, and this repository where the page says that it lies."""
    shutil.copy("/etc/resolv.conf", made.root / "etc/resolv.conf")
    (made.root / "etc/hosts").write_text(f"127.0.0.1 localhost\n127.0.0.1 {made.names['SITE']}\n")
    (made.root / "etc/hostname").write_text(f"recipe-{made.number}\n")
    there = made.root / "srv/trace.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, there], check=True)
    for number, version in enumerate(VERSIONS):
        tree, author = "HEAD^{tree}", ["-c", "user.name=Recipe", "-c", "user.email=recipe@example.org"]
        words = ["git", "-C", there, *author, "commit-tree", "-p", "HEAD", "-m", f"Version {number}", tree]
        commit = subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
        subprocess.run(["git", "-C", there, "tag", version, commit], check=True)


def _keep_journal(made: Machine, into: Path) -> None:
    """What its services said, for whoever asks why something was refused."""
    try:
        into.write_text(made.run("journalctl --no-pager --output=short-iso"))
    except (Refused, AttributeError, IndexError, OSError):
        into.unlink(missing_ok=True)


def _end(made: Machine) -> None:
    if hasattr(made, "process"):
        try:
            os.kill(made._init(), signal.SIGKILL)  # and with it all that it holds
        except (IndexError, OSError):
            made.process.kill()
        made.process.wait()
    for _try in range(20):
        if subprocess.run(["umount", made.root], check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.5)


@contextmanager
def network(space: str, number: int) -> Iterator[None]:
    """A wire to this machine, which passes on what goes further."""
    here, there = f"10.213.{number}.1", f"10.213.{number}.2"
    forward = Path("/proc/sys/net/ipv4/ip_forward")
    was = forward.read_text()
    rule = ["POSTROUTING", "-s", f"{there}/32", "!", "-d", "10.213.0.0/16", "-j", "MASQUERADE"]
    steps = (
        f"ip netns add {space}",
        f"ip link add rcp{number} type veth peer name inside netns {space}",
        f"ip addr add {here}/30 dev rcp{number}",
        f"ip link set rcp{number} up",
        f"ip -n {space} addr add {there}/30 dev inside",
        f"ip -n {space} link set inside up",
        f"ip -n {space} link set lo up",
        f"ip -n {space} route add default via {here}",
    )
    try:
        for step in steps:
            subprocess.run(step.split(), check=True)
        forward.write_text("1")
        subprocess.run(["iptables", "-t", "nat", "-A", *rule], check=True)
        yield
    finally:
        forward.write_text(was)
        subprocess.run(["iptables", "-t", "nat", "-D", *rule], check=False)
        subprocess.run(["ip", "link", "delete", f"rcp{number}"], check=False)
        subprocess.run(["ip", "netns", "delete", space], check=False)
