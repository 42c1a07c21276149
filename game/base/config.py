"""Settings: the environment and `.env`, read once, checked at start, then frozen."""

from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from game.base.loopback import is_loopback
from game.base.roles import ROLES

SECRETS = frozenset(
    (
        *("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SMTP_URL"),
        *("OIDC_CLIENT_SECRET", "HELPER_KEY"),
    )
)


@cache
def _zones() -> frozenset[str]:
    """Every time zone there is: their files are read once."""
    return frozenset(available_timezones())


class ConfigError(Exception):
    """A setting that stops the start; its text is one line that names it."""


class Settings(BaseSettings):
    """All settings. Each is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    host: str = "0.0.0.0"  # noqa: S104  phones in the room are to reach it
    port: int = Field(default=8000, ge=1, le=65535)
    instance_dir: Path = Path("instance")
    database_url: str = ""
    redis_url: str = ""
    public_url: str = ""
    secret_key: str = ""
    async_mode: Literal["eventlet"] = "eventlet"
    wire: Literal["lean", "stock"] = "lean"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    grace_seconds: float = Field(default=2, ge=0, le=30)
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    default_country: str = "FR"
    credit_days: int = Field(default=180, ge=0, le=3650)
    time_zone: str = "Europe/Paris"
    metrics_from: str = "127.0.0.0/8,::1"
    most_connections: int = Field(default=0, ge=0)  # 0: what the limit of open files leaves
    erase_overdue_days: int = Field(default=7, ge=-1, le=365)  # -1: never
    smtp_url: str = ""
    mail_from: str = ""
    two_factor: Literal["optional", "required"] = "optional"
    passwords: Literal["on", "off"] = "on"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_admits: str = ""
    oidc_mails: Literal["verified", "all"] = "verified"
    webhooks_to_private: bool = False
    workers: int = Field(default=1, ge=1, le=64)
    helper_url: str = ""
    helper_key: str = ""
    helper_model: str = ""
    helper_remote: Literal["no", "yes"] = "no"
    helper_seconds: float = Field(default=60, ge=1, le=600)
    helper_in_rounds: Literal["no", "yes"] = "no"
    cv_beside_brief: Literal["off", "on"] = "off"

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        value = value.strip().rstrip("/")
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://, like https://play.example.org")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must look like redis://localhost:6379/0")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("must look like smtp://user:password@mail.example.org:587")
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        if not value:
            return ""
        try:
            return validate_email(value, check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValueError("must be a mail address, like talents@example.org") from None

    @field_validator("default_country")
    @classmethod
    def _country(cls, value: str) -> str:
        code = value.strip().upper()
        if code not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError("must be the two letters of a country, like FR, BE, CH or LU")
        return code

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("must be a time zone like Europe/Paris or America/Montreal")
        return value

    @field_validator("metrics_from")
    @classmethod
    def _networks(cls, value: str) -> str:
        for name in filter(None, map(str.strip, value.split(","))):
            try:
                ip_network(name)
            except ValueError:
                raise ValueError("must be networks like 10.0.0.0/8, comma by comma") from None
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        if value and not (value.startswith("https://") or is_loopback(value)):
            raise ValueError(
                "must start with https://, like https://login.example.org/realms/house"
            )
        return value

    @field_validator("oidc_admits")
    @classmethod
    def _admits(cls, value: str) -> str:
        for line in filter(None, map(str.strip, value.split(","))):
            who, _, role = line.partition("=")
            if not who.strip() or role.strip() not in ROLES:
                raise ValueError(
                    "must look like example.org=facilitator, ada@example.org=recruiter"
                )
        return value

    @field_validator("helper_url")
    @classmethod
    def _server_of_models(cls, value: str) -> str:
        value = value.strip().rstrip("/")
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must look like http://localhost:11434/v1")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 16:
            raise ValueError("must have at least 16 characters")
        return value

    @model_validator(mode="after")
    def _mail(self) -> "Settings":
        if self.smtp_url and not self.mail_from:
            raise ValueError("MAIL_FROM: must say whom mail is from, since SMTP_URL is set")
        return self

    @model_validator(mode="after")
    def _model(self) -> "Settings":
        if self.helper_url and not self.model_for(""):
            raise ValueError(
                "HELPER_MODEL: must name a model, since HELPER_URL is set, like mistral-small"
            )
        return self

    def model_for(self, task: str) -> str:
        """The model for a task: the one that is named for it, else the one for all."""
        found = {"": ""}
        for one in filter(None, map(str.strip, self.helper_model.split(","))):
            name, named, model = one.partition("=")
            found |= {name.strip(): model.strip()} if named else {"": one}
        return found.get(task) or found[""]

    def helper_for(self, task: str) -> str:
        """The model that may be asked for a task; empty where rules alone are wanted."""
        found = self.model_for(task) if self.helper_url else ""
        return "" if found == "none" else found

    @model_validator(mode="after")
    def _provider(self) -> "Settings":
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            raise ValueError(
                "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: must be set, since OIDC_ISSUER is"
            )
        if self.oidc_issuer and not self.public_url:
            raise ValueError("PUBLIC_URL: must be set, since OIDC_ISSUER sends people back to it")
        if self.passwords == "off" and not self.oidc_issuer:
            raise ValueError("PASSWORDS: cannot be off without OIDC_ISSUER: nobody could come in")
        return self

    @model_validator(mode="after")
    def _database(self) -> "Settings":
        if not self.database_url:
            file = (self.instance_dir / "sourcerie.db").absolute()
            object.__setattr__(self, "database_url", f"sqlite:///{file}")
        url = self.database_url
        if url.startswith(("postgres://", "postgresql://")):
            address = url.split("://", 1)[1]
            object.__setattr__(self, "database_url", f"postgresql+psycopg://{address}")
        return self


def load(**given: Any) -> Settings:
    """The settings of this environment; `given` values win. Raises ConfigError."""
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise ConfigError(_line(error.errors(include_url=False)[0])) from None
    except UnicodeDecodeError:
        raise ConfigError(".env: not a text in UTF-8") from None
    _check_database(settings)
    return settings


def _line(fault: ErrorDetails) -> str:
    said = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:  # settings that do not go together: the text names them
        return said
    name = str(fault["loc"][0]).upper()
    given = "" if name in SECRETS else f" (it is {fault['input']!r})"
    return f"{name}: {said}{given}"


def _check_database(settings: Settings) -> None:
    try:
        backend = make_url(settings.database_url).get_backend_name()
    except ArgumentError:
        raise ConfigError(
            "DATABASE_URL: not an address of a database, like postgresql://user@host/name"
        ) from None
    if backend not in ("sqlite", "postgresql"):
        raise ConfigError(f"DATABASE_URL: sqlite or postgresql, not {backend}")
