"""The settings of one installation, read from the environment."""

import os
import pwd
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(ValueError):
    """A setting, or one of the installation's own files, is wrong."""


KEY_BYTES = 32
KEYS = ("challenge", "checkpoint", "cookie", "receipt")
"""The names of an installation's secret keys. All are made by `suhbat prepare`."""
OWN_FOLDERS = ("keys", "papers", "addresses", "reminders", "previews", "notices")
OWN_FILES = ("suhbat.sqlite3*", ".prepared")
OTHERS = 0o077
"""The permission bits of everybody but the owner."""


@dataclass(frozen=True)
class Settings:
    """What an operator may set. All files of an installation are under `data`."""

    data: Path
    """Folder of the database, the keys and the papers (`SUHBAT_DATA`)."""
    origin: str = "http://localhost:8000"
    """The public address (`SUHBAT_ORIGIN`); passkeys are bound to its host name."""
    production: bool = False
    """`SUHBAT_ENV=production`: no rehearsal routes, secure cookies."""
    rehearsal: bool = False
    """`SUHBAT_REHEARSAL=1`: a newcomer may take any seat of a rehearsed meeting with one click."""
    database_url: str = field(default="", repr=False)
    """`SUHBAT_DATABASE_URL`: the address of the database; empty means SQLite in the data folder."""
    smtp: str = field(default="", repr=False)
    """`SUHBAT_SMTP`, such as `smtp://user:password@mail.example:587`; empty means that letters are only shown."""
    mail_from: str = ""
    """`SUHBAT_MAIL_FROM`: the sender of every mail."""
    mail_reply_to: str = ""
    """`SUHBAT_MAIL_REPLY_TO`: where answers to mails go, if not to the sender."""
    ice_servers: tuple[str, ...] = field(default=(), repr=False)
    """`SUHBAT_ICE_SERVERS`: STUN/TURN addresses the operator named, comma separated; none by default."""
    turn_secret: str = field(default="", repr=False)
    """`SUHBAT_TURN_SECRET`: the secret shared with the TURN servers (coturn's `static-auth-secret`)."""
    video: bool = True
    """`SUHBAT_VIDEO=0`: meetings are held in text alone."""
    translation: str = ""
    """`SUHBAT_TRANSLATION`: a machine translation service (LibreTranslate's protocol); empty means there is none."""
    translation_key: str = field(default="", repr=False)
    """`SUHBAT_TRANSLATION_KEY`: the key of that service, if it needs one."""
    clock_file: Path | None = None
    """`SUHBAT_CLOCK_FILE`, never in production: a file with the seconds by which the clock is ahead (`clock.py`)."""
    makes_keys: bool = True
    """Whether a missing key is made on first use. False in an installation: there `suhbat prepare` makes the keys."""
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse wrong settings, such as a rehearsal or a clock of its own in production."""
        if self.translation and urlsplit(self.translation).scheme not in {"http", "https"}:
            raise SettingsError("SUHBAT_TRANSLATION is no web address")
        if self.production and self.rehearsal:
            raise SettingsError("there is no rehearsal in production")
        if self.production and self.clock_file:
            raise SettingsError("the clock cannot be set in production (SUHBAT_CLOCK_FILE)")
        if self.smtp and not _is_mail_server(self.smtp):
            raise SettingsError("SUHBAT_SMTP is no address of a mail server, such as smtp://user:password@host:587")

    @property
    def url(self) -> str:
        """The address of the database for SQLAlchemy."""
        return self.database_url or f"sqlite:///{self.data / 'suhbat.sqlite3'}"

    @property
    def host(self) -> str:
        """The host name to which passkeys are bound."""
        return urlsplit(self.origin).hostname or "localhost"

    @property
    def secure(self) -> bool:
        """Whether cookies may only be sent over TLS."""
        return self.origin.startswith("https://")

    def key(self, name: str) -> bytes:
        """A secret key (32 bytes) of this installation, in a file that only the owner can read."""
        path = self.data / "keys" / name
        if secret := _KEYS.get(path):
            return secret
        if not path.exists():
            if not self.makes_keys:
                raise SettingsError(f"there is no {path}: run `suhbat prepare`, or restore it from a backup")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = path.with_suffix(f".{os.getpid()}.new")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
            with suppress(FileExistsError):
                os.link(fresh, path)  # atomic: two processes that start at the same time get the same key
            fresh.unlink()
        secret = path.read_bytes()
        if len(secret) != KEY_BYTES:
            raise SettingsError(f"{path} is no key of this installation: restore it from a backup")
        return _KEYS.setdefault(path, secret)

    def make_folder(self) -> None:
        """Create the folder and every key, and remove the permissions of everybody else, whatever the umask is."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        maker = replace(self, makes_keys=True)
        for name in KEYS:
            maker.key(name)
        for path in (self.data, *(self.data / name for name in OWN_FOLDERS)):
            if path.is_dir() and not path.stat().st_mode & stat.S_ISVTX:  # folders such as /tmp are for everybody
                _make_private(path)
        for pattern in OWN_FILES:
            for path in self.data.glob(pattern):
                _make_private(path)

    def check_owner(self) -> None:
        """Refuse every user but the folder's owner, even root: the server could not read files of another user."""
        if not self.data.exists():
            return
        owner = self.data.stat().st_uid
        if owner != os.geteuid():
            raise SettingsError(
                f"{self.data} belongs to {_user_name(owner)} and this is {_user_name(os.geteuid())}: "
                f"run the command as its owner (sudo -u {_user_name(owner)} …)"
            )


_KEYS: dict[Path, bytes] = {}
"""The keys that this process has read, by path."""


def _make_private(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        path.chmod(mode & ~OTHERS)


def _user_name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def _is_mail_server(address: str) -> bool:
    """Whether this is the address of a mail server. The caller must not print it: it may contain a password."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def from_environment() -> Settings:
    """Read the settings, and create nothing. In production, rehearsal is always off."""
    env = os.environ
    production = env.get("SUHBAT_ENV", "") == "production"
    port = env.get("PORT", "8000")
    servers = tuple(s.strip() for s in env.get("SUHBAT_ICE_SERVERS", "").split(",") if s.strip())
    data = Path(env.get("SUHBAT_DATA", "var")).absolute()
    return Settings(
        data=data,
        origin=env.get("SUHBAT_ORIGIN", f"http://localhost:{port}").rstrip("/"),
        production=production,
        rehearsal=env.get("SUHBAT_REHEARSAL", "") == "1" and not production,
        database_url=env.get("SUHBAT_DATABASE_URL", ""),
        smtp=env.get("SUHBAT_SMTP", ""),
        mail_from=env.get("SUHBAT_MAIL_FROM", ""),
        mail_reply_to=env.get("SUHBAT_MAIL_REPLY_TO", ""),
        ice_servers=servers,
        turn_secret=env.get("SUHBAT_TURN_SECRET", ""),
        video=env.get("SUHBAT_VIDEO", "") != "0",
        translation=env.get("SUHBAT_TRANSLATION", ""),
        translation_key=env.get("SUHBAT_TRANSLATION_KEY", ""),
        clock_file=Path(clock_file).absolute() if (clock_file := env.get("SUHBAT_CLOCK_FILE", "")) else None,
        makes_keys=False,
    )
