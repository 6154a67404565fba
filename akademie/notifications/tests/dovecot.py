"""A real IMAP server with one mailbox, in a folder that is thrown away: Dovecot, as Debian packs it."""

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = os.environ.get("DOVECOT") or shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, PASSWORD = "rueckmeldung", "geheim"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {someone}
default_internal_group = {group}
default_login_user = {someone}
mail_location = maildir:{folder}/mail/%u
mail_uid = {owner}
mail_gid = {owner_group}
first_valid_uid = 0
first_valid_gid = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Mailbox:
    """The server, and what lies in its inbox as files."""

    port: int
    inbox: Path

    def put(self, *sources: bytes) -> None:
        """Deliver mails."""
        for source in sources:
            number = len(list(self.inbox.rglob("*.mail*"))) + time.monotonic_ns()
            (self.inbox / "tmp").mkdir(exist_ok=True)
            begun = self.inbox / "tmp" / f"{number}.mail"
            begun.write_bytes(source)
            if os.geteuid() == 0:
                shutil.chown(begun, _someone().pw_uid, _someone().pw_gid)
            begun.rename(self.inbox / "new" / begun.name)

    def flags(self) -> list[str]:
        """Return the flags of the mails that are there, in the letters of Maildir; "F" stands for flagged."""
        names = [path.name for folder in ("new", "cur") for path in (self.inbox / folder).iterdir()]
        return sorted(name.partition(":2,")[2] for name in names)


def _someone() -> pwd.struct_passwd:
    """Return whose the server's processes and mails are: one's own, or a person other than root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwnam(getpass.getuser())


@contextmanager
def running_dovecot() -> Iterator[Mailbox]:
    """Start the server on a free port and end it at the end."""
    # Not below TMPDIR: a socket's path may have some hundred characters only.
    folder = Path(tempfile.mkdtemp(prefix="akademie-imap-", dir="/tmp"))
    folder.chmod(0o755)
    person = _someone()
    inbox = folder / "mail" / USER
    for name in ("new", "cur", "tmp"):
        (inbox / name).mkdir(parents=True)
    if os.geteuid() == 0:
        for path in (folder / "mail", inbox, *inbox.iterdir()):
            os.chown(path, person.pw_uid, person.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "dovecot.conf"
    group = grp.getgrgid(person.pw_gid).gr_name
    config.write_text(
        CONFIG.format(
            folder=folder,
            someone=person.pw_name,
            group=group,
            owner=person.pw_uid,
            owner_group=person.pw_gid,
            password=PASSWORD,
            port=port,
        )
    )
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server, folder / "log")
        yield Mailbox(port, inbox)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                if connection.recv(10).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"dovecot does not start: {log.read_text() if log.exists() else ''}")
