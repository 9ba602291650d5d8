"""Where the tests are given PostgreSQL and Redis, a served network gets a database of its own on each."""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg


def servers_of_its_own(name: str) -> dict[str, str]:
    """The settings of a network whose rows are in a new database `name`; empty where the tests run on SQLite."""
    given = os.environ.get("BOUQUET_DATABASE_URL", "")
    if not given.startswith("postgres"):
        return {}
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    own = {"BOUQUET_DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}"))}
    if redis := os.environ.get("BOUQUET_REDIS_URL"):
        address, _slash, number = redis.rpartition("/")
        own["BOUQUET_REDIS_URL"] = f"{address}/{int(number) + 8}"  # the tests empty theirs (toolkit/testing/ground.py)
    return own


def drop_database(url: str) -> None:
    with psycopg.connect(os.environ["BOUQUET_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')
