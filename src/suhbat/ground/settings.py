"""The settings of one installation, read once from the environment."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(ValueError):
    """A setting, or a file that an installation keeps for itself, is not what it has to be."""


KEY_BYTES = 32


@dataclass(frozen=True)
class Settings:
    """What an operator may set. Everything an installation keeps lies under `data`."""

    data: Path
    """Folder of the database, the keys and the papers (`SUHBAT_DATA`)."""
    origin: str = "http://localhost:8000"
    """The public address (`SUHBAT_ORIGIN`); passkeys are bound to its host name."""
    production: bool = False
    """`SUHBAT_ENV=production`: no rehearsal routes, secure cookies."""
    rehearsal: bool = False
    """`SUHBAT_REHEARSAL=1`: a newcomer may take any seat of a rehearsed meeting with one click."""
    database_url: str = ""
    """`SUHBAT_DATABASE_URL`; empty means SQLite in the data folder."""
    smtp: str = ""
    """`SUHBAT_SMTP`, such as `smtp://user:password@mail.example:587`; empty means letters are only shown."""
    mail_from: str = ""
    """`SUHBAT_MAIL_FROM`: the sender of invitations."""
    ice_servers: tuple[str, ...] = ()
    """`SUHBAT_ICE_SERVERS`: STUN/TURN addresses the operator named, comma separated; none by default."""
    translation: str = ""
    """`SUHBAT_TRANSLATION`: a machine translation service (LibreTranslate's protocol); empty means there is none."""
    translation_key: str = field(default="", repr=False)
    """`SUHBAT_TRANSLATION_KEY`: its key, if it wants one."""
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """No combination of settings gives a rehearsal in production."""
        if self.translation and urlsplit(self.translation).scheme not in {"http", "https"}:
            raise SettingsError("SUHBAT_TRANSLATION is no web address")
        if self.production and self.rehearsal:
            raise SettingsError("there is no rehearsal in production")

    @property
    def url(self) -> str:
        """The database address as SQLAlchemy takes it."""
        return self.database_url or f"sqlite:///{self.data / 'suhbat.sqlite3'}"

    @property
    def host(self) -> str:
        """The host name passkeys are bound to."""
        return urlsplit(self.origin).hostname or "localhost"

    @property
    def secure(self) -> bool:
        """Whether cookies may only travel over TLS."""
        return self.origin.startswith("https://")

    def key(self, name: str) -> bytes:
        """A secret of 32 bytes of this installation, made on first use and kept readable to the owner only."""
        path = self.data / "keys" / name
        if held := _KEYS.get(path):
            return held
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = path.with_suffix(f".{os.getpid()}.new")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
            with suppress(FileExistsError):
                os.link(fresh, path)  # atomic: two processes starting at once agree on one key
            fresh.unlink()
        held = path.read_bytes()
        if len(held) != KEY_BYTES:
            raise SettingsError(f"{path} is no key of this installation: restore it from a backup")
        return _KEYS.setdefault(path, held)


_KEYS: dict[Path, bytes] = {}
"""Keys that this process has read."""


def from_environment() -> Settings:
    """Read the settings; production silences rehearsal whatever else is set."""
    env = os.environ
    production = env.get("SUHBAT_ENV", "") == "production"
    port = env.get("PORT", "8000")
    servers = tuple(s.strip() for s in env.get("SUHBAT_ICE_SERVERS", "").split(",") if s.strip())
    data = Path(env.get("SUHBAT_DATA", "var")).absolute()
    data.mkdir(parents=True, exist_ok=True)
    return Settings(
        data=data,
        origin=env.get("SUHBAT_ORIGIN", f"http://localhost:{port}").rstrip("/"),
        production=production,
        rehearsal=env.get("SUHBAT_REHEARSAL", "") == "1" and not production,
        database_url=env.get("SUHBAT_DATABASE_URL", ""),
        smtp=env.get("SUHBAT_SMTP", ""),
        mail_from=env.get("SUHBAT_MAIL_FROM", ""),
        ice_servers=servers,
        translation=env.get("SUHBAT_TRANSLATION", ""),
        translation_key=env.get("SUHBAT_TRANSLATION_KEY", ""),
    )
