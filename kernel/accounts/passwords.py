"""Password hashing with Argon2id; the cost is configured, so that tests stay quick."""

from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app


@dataclass(frozen=True)
class HashingCost:
    """Argon2's parameters: passes, memory in KiB, and lanes (RFC 9106)."""

    time_cost: int
    memory_cost: int
    parallelism: int


def hash_password(password: str) -> str:
    """Return the salted hash of a password."""
    return _hasher().hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether the password belongs to the hash.

    Without a hash (an unknown address, an invitation not yet accepted) a dummy is verified, so
    that the answer takes the same time and is always no.
    """
    hasher = _hasher()
    try:
        matches = hasher.verify(password_hash or _dummy(_cost()), password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Tell whether a hash was made at another cost than the configured one."""
    return _hasher().check_needs_rehash(password_hash)


def _cost() -> HashingCost:
    return HashingCost(*current_app.config["PASSWORD_COST"])


def _hasher() -> PasswordHasher:
    return _made(_cost())


@cache
def _made(cost: HashingCost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.time_cost, memory_cost=cost.memory_cost, parallelism=cost.parallelism
    )


@cache
def _dummy(cost: HashingCost) -> str:
    return _made(cost).hash("nobody has this password")
