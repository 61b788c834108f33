"""Who signs. In: a studio's hidden folder, the environment. Out: its `Authority`; whom it `Trust`s.

By default the studio's own test authority signs. A user's certificate signs instead where the
environment names it (``FLOW_NB_SIGNING_CHAIN``, ``FLOW_NB_SIGNING_KEY``) or ``.flow_nb/signing.toml``
does::

    chain = "/home/ada/c2pa/chain.pem"    # the signer's certificate, then its issuer's, PEM
    key = "/home/ada/c2pa/signer.key"     # its private key, PEM, readable by the owner alone

Only paths are read from there; the key itself is never copied, shown or logged.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from flow_nb.errors import SealError, quote
from flow_nb.files import reason, write_whole
from flow_nb.shield.keys import CHAIN, Authority, root_in

CHAIN_VARIABLE, KEY_VARIABLE = "FLOW_NB_SIGNING_CHAIN", "FLOW_NB_SIGNING_KEY"
SETTINGS = "signing.toml"
SIGNERS = "signers.pem"
"""The certificates of users who signed here, each with its issuer's: public, kept to know ours again."""
_ALGORITHMS = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """Whose signature counts as this studio's: a certificate under one of ``anchors`` (PEM) that
    bears one of ``serials``; an issuer gives each serial number once."""

    anchors: bytes = b""
    serials: frozenset[int] = frozenset()


def authority_of(hidden: Path) -> Authority:
    """The user's certificate where one is named, else the studio's own. Raises SealError."""
    named = _named(hidden)
    if named is None:
        return Authority.of(hidden / "keys")
    found = _users(*named)
    _remember(hidden / "keys", found)
    return found


def trust_in(keys: Path) -> Trust:
    """Whom a studio knows as itself; no private key is read or made."""
    root = root_in(keys) or b""
    own = _certificates(keys / CHAIN)[:1] if root else []
    used = _certificates(keys / SIGNERS)
    leaves, issuers = own + used[0::2], used[1::2]
    return Trust(
        anchors=root + b"".join(map(_pem, issuers)),
        serials=frozenset(leaf.serial_number for leaf in leaves),
    )


def _named(hidden: Path) -> tuple[Path, Path] | None:
    chain, key = os.environ.get(CHAIN_VARIABLE, ""), os.environ.get(KEY_VARIABLE, "")
    where = "the environment"
    settings = hidden / SETTINGS
    if not (chain or key) and settings.exists():
        chain, key, where = *_settings(settings), str(settings)
    if not (chain or key):
        return None
    if not (chain and key):
        raise SealError(
            f"{where} names {'a certificate without its key' if chain else 'a key alone'}.",
            fix=f"Name both: {CHAIN_VARIABLE} and {KEY_VARIABLE}, or chain and key in {SETTINGS}.",
        )
    return Path(chain).expanduser(), Path(key).expanduser()


def _settings(path: Path) -> tuple[str, str]:
    try:
        found = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise SealError(
            f'"{path}" cannot be read as TOML.', fix="Mend it or move it away."
        ) from error
    unknown = sorted(found.keys() - {"chain", "key"})
    if unknown or not all(isinstance(value, str) for value in found.values()):
        what = f'"{quote(unknown[0])}"' if unknown else "something that is not a path"
        raise SealError(f'"{path}" holds {what}.', fix='Write chain = "…" and key = "…" alone.')
    return found.get("chain", ""), found.get("key", "")


def _users(chain_path: Path, key_path: Path) -> Authority:
    chain, key = _read(chain_path, "certificate chain"), _read(key_path, "signing key")
    if os.name == "posix" and key_path.stat().st_mode & 0o077:
        raise SealError(
            f'others may read the signing key "{key_path}".', fix=f'Run: chmod 600 "{key_path}"'
        )
    try:
        certificates = x509.load_pem_x509_certificates(chain)
    except ValueError:
        certificates = []
    if len(certificates) < 2:
        raise SealError(
            f'"{chain_path}" holds {len(certificates)} certificates in PEM; two are the least.',
            fix="Put the signer's certificate first, then that of its issuer.",
        )
    secret, leaf = _private(key, key_path), certificates[0]
    if secret.public_key() != leaf.public_key():
        raise SealError(
            f'the signing key "{key_path}" does not belong to the first certificate in '
            f'"{chain_path}".',
            fix="Name the key that the certificate was issued for.",
        )
    if not leaf.not_valid_before_utc <= dt.datetime.now(dt.UTC) <= leaf.not_valid_after_utc:
        raise SealError(
            f'the certificate in "{chain_path}" is valid from {leaf.not_valid_before_utc:%Y-%m-%d} '
            f"to {leaf.not_valid_after_utc:%Y-%m-%d}.",
            fix="Have it renewed, or check the clock.",
        )
    issuer = _pem(certificates[1])
    return Authority(chain=chain, root=issuer, key=key, algorithm=_algorithm(secret, key_path))


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why, _ = reason(error)
        raise SealError(
            f'the {what} "{path}" cannot be read: {why}.', fix="Check the path and who may read it."
        ) from error


def _private(key: bytes, path: Path) -> PrivateKeyTypes:
    try:
        return serialization.load_pem_private_key(key, None)
    except TypeError:
        raise SealError(
            f'the signing key "{path}" has a password.',
            fix="Write one without, readable by you alone: openssl pkey -in OLD -out NEW",
        ) from None
    except ValueError:
        raise SealError(
            f'the signing key "{path}" is no private key in PEM.', fix="Name a PEM file."
        ) from None


def _algorithm(key: PrivateKeyTypes, path: Path) -> str:
    """C2PA's name of what a key signs with."""
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _ALGORITHMS:
        return _ALGORITHMS[key.curve.name]
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 2048:
        return "ps256"
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    raise SealError(
        f'the signing key "{path}" is of a kind that C2PA does not take.',
        fix="Use P-256, P-384, P-521, Ed25519, or RSA of 2048 bits or more.",
    )


def _remember(keys: Path, authority: Authority) -> None:
    pair = authority.leaf + authority.root
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = b""
    with suppress(OSError):
        kept = (keys / SIGNERS).read_bytes()
    if pair not in kept:
        write_whole(keys / SIGNERS, kept + pair)


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        return []


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
