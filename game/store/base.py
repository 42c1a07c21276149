"""What all tables share: the declarative base, identifiers and the clock's unit."""

import secrets

from sqlalchemy import BigInteger, MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Millis = BigInteger  # milliseconds since the epoch, UTC


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)


def new_id() -> str:
    """A fresh identifier: 16 hexadecimal characters, unguessable."""
    return secrets.token_hex(8)


def new_key() -> str:
    """A fresh key that opens something by itself: 128 bits, 32 hexadecimal characters."""
    return secrets.token_hex(16)
