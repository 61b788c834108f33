"""The studio's own signing authority. In: a folder. Out: `Authority`: chain, key, root.

It is a test authority: it proves that a clip comes from this studio to whoever holds its root, and
nothing to anybody else. It is made on first use; the keys of its root and its intermediate are
thrown away once they have signed, so that the folder holds a single secret, the signer's key.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from flow_nb.errors import SealError
from flow_nb.files import reason, sync_file, sync_folder, temporary_name

ROOT, CHAIN, KEY = "root.pem", "chain.pem", "signer.key"
VALID_DAYS = 20 * 365
_CLAIM_SIGNING = ObjectIdentifier("1.3.6.1.4.1.62558.2.1")  # c2pa-kp-claimSigning


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """PEM texts: the signer's chain (leaf, intermediate), its private key, the root.

    ``algorithm`` is C2PA's name of how it signs. Where ``root`` is empty only the signer itself is
    trusted: a root that others share says nothing of who signed.
    """

    chain: bytes
    root: bytes
    key: bytes = field(repr=False)
    algorithm: str = "es256"

    @property
    def leaf(self) -> bytes:
        """The signer's own certificate."""
        return _pem(x509.load_pem_x509_certificates(self.chain)[0])

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The authority in a folder, made where there is none. Raises SealError."""
        try:
            if not any((folder / name).exists() for name in (ROOT, CHAIN, KEY)):
                _make(folder)
            return cls._load(folder)
        except OSError as error:
            what, fix = reason(error)
            raise SealError(f'no signing key in "{folder}": {what}.', fix=fix) from error

    @classmethod
    def _load(cls, folder: Path) -> Self:
        for path, mode in ((folder, 0o700), (folder / KEY, 0o600)):
            if path.stat().st_mode & 0o077:
                path.chmod(mode)
        found = {name: (folder / name).read_bytes() for name in (ROOT, CHAIN, KEY)}
        if not _agree(found[CHAIN], found[KEY], found[ROOT]):
            raise SealError(
                f'the signing key in "{folder}" is damaged.',
                fix=f"Move {ROOT}, {CHAIN} and {KEY} away; the next take makes a new key.",
            )
        return cls(chain=found[CHAIN], root=found[ROOT], key=found[KEY])


def root_in(folder: Path) -> bytes | None:
    """The root certificate of a studio that has one; no key is read or made."""
    try:
        root = (folder / ROOT).read_bytes()
        x509.load_pem_x509_certificate(root)
    except (OSError, ValueError):
        return None
    return root


def _make(folder: Path) -> None:
    """A new authority, whole or not at all; where two processes make one, the first stands."""
    part = folder.parent / temporary_name(".keys")
    part.mkdir(mode=0o700, parents=True)
    try:
        for name, pem in _issue().items():
            handle = os.open(part / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(pem)
            sync_file(part / name)
        with suppress(OSError):
            part.rename(folder)
        if part.exists() and folder.is_dir() and not (folder / KEY).exists():
            for name in (ROOT, CHAIN, KEY):  # the folder is there, with the mark secret in it
                (part / name).rename(folder / name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    sync_folder(folder.parent)


def _issue() -> dict[str, bytes]:
    root_key, middle_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root = _certificate("root", root_key, "root", root_key, authority=True)
    middle = _certificate("intermediate", middle_key, "root", root_key, authority=True, path=0)
    usages = (ExtendedKeyUsageOID.EMAIL_PROTECTION, _CLAIM_SIGNING)
    leaf = _certificate("signer", key, "intermediate", middle_key, usages=usages)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {ROOT: _pem(root), CHAIN: _pem(leaf) + _pem(middle), KEY: secret}


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool = False,
    path: int | None = None,
    usages: Sequence[ObjectIdentifier] = (),
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    issuer_public = issuer_key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))  # clocks differ
        .not_valid_after(now + dt.timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=path), critical=True)
        .add_extension(_key_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_public), critical=False
        )
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(role: str) -> x509.Name:
    attributes = {NameOID.ORGANIZATION_NAME: "flow_nb", NameOID.COMMON_NAME: f"flow_nb {role}"}
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes.items()])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _agree(chain: bytes, key: bytes, root: bytes) -> bool:
    """Whether the files are what they should be, and the key is the leaf's."""
    try:
        leaf = x509.load_pem_x509_certificates(chain)[0]
        secret = serialization.load_pem_private_key(key, None)
        x509.load_pem_x509_certificate(root)
    except (ValueError, TypeError, IndexError):
        return False
    return secret.public_key() == leaf.public_key()
