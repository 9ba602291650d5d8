"""Identifiers that people may see and nobody can guess."""

from __future__ import annotations

import secrets

# Base 58: no 0/O, no I/l, so an address can be read aloud.
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def short_id() -> str:
    """12 characters, 70 bits: for what is published."""
    return _random_text(12)


def long_id() -> str:
    """22 characters, 128 bits: for what only its address protects (files, uploads, tickets)."""
    return _random_text(22)


def _random_text(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
