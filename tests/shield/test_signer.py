"""A user's own certificate: issued here, configured in both ways, and everything that can be wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from flow_nb.errors import SealError
from flow_nb.shield.credentials import read
from flow_nb.shield.signer import CHAIN_VARIABLE, KEY_VARIABLE, authority_of, trust_in
from flow_nb.shield.verify import verify
from flow_nb.store import Store
from tests.shield.studio import sealed

PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


class Office:
    """A certificate authority outside of the studio."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP384R1())
        self.certificate = self._issued("Office", self.key, is_root=True)

    def issue(self, folder: Path, *, days: tuple[int, int] = (-1, 30)) -> tuple[Path, Path]:
        """Chain and key of a new signer."""
        folder.mkdir(parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP384R1())
        leaf = self._issued("Ada's film studio", key, is_root=False, days=days)
        chain, secret = folder / "chain.pem", folder / "signer.key"
        chain.write_bytes(leaf.public_bytes(PEM) + self.certificate.public_bytes(PEM))
        secret.write_bytes(key.private_bytes(PEM, PKCS8, serialization.NoEncryption()))
        secret.chmod(0o600)
        return chain, secret

    def _issued(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        *,
        is_root: bool,
        days: tuple[int, int] = (-1, 30),
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        names = [
            x509.Name(
                [
                    x509.NameAttribute(NameOID.ORGANIZATION_NAME, who),
                    x509.NameAttribute(NameOID.COMMON_NAME, who),
                ]
            )
            for who in (name, "Office")
        ]
        usage = dict.fromkeys(
            ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False,
        )  # fmt: skip
        return (
            x509.CertificateBuilder()
            .subject_name(names[0])
            .issuer_name(names[1])
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + dt.timedelta(days=days[0]))
            .not_valid_after(now + dt.timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(is_root, None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=not is_root, key_cert_sign=is_root, crl_sign=is_root, **usage
                ),
                critical=True,
            )
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
            )
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .sign(self.key, hashes.SHA384())
        )


@pytest.fixture
def office() -> Office:
    return Office()


def _settings(store: Store, chain: Path, key: Path) -> None:
    (store.hidden / "signing.toml").write_text(f'chain = "{chain}"\nkey = "{key}"\n')


def test_a_certificate_named_in_a_file_signs_the_takes(tmp_path: Path, office: Office) -> None:
    store = Store(tmp_path / "studio")
    _settings(store, *office.issue(tmp_path / "ada"))
    take = sealed(store, "glass")
    found = read(store.path(take), trust_in(store.keys))
    assert (found.state, found.trusted, found.signer) == ("valid", True, "Ada's film studio")
    assert verify(store.path(take), store).verdict == "made here and whole"
    kept = b"".join(p.read_bytes() for p in store.keys.rglob("*") if p.is_file())
    assert b"PRIVATE" not in kept


def test_a_certificate_named_in_the_environment_signs_the_takes(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain, key = office.issue(tmp_path / "ada")
    monkeypatch.setenv(CHAIN_VARIABLE, str(chain))
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    store = Store(tmp_path / "studio")
    assert read(store.path(sealed(store, "a")), trust_in(store.keys)).trusted


def test_somebody_elses_certificate_of_the_same_office_is_not_ours(
    tmp_path: Path, office: Office
) -> None:
    ours, theirs = Store(tmp_path / "ours"), Store(tmp_path / "theirs")
    _settings(ours, *office.issue(tmp_path / "ada"))
    _settings(theirs, *office.issue(tmp_path / "bob"))
    sealed(ours, "glass")
    foreign = theirs.path(sealed(theirs, "glass"))
    assert verify(foreign, ours).verdict == "signed by others"


def test_takes_stay_ours_when_the_certificate_changes(tmp_path: Path, office: Office) -> None:
    store = Store(tmp_path / "studio")
    first = sealed(store, "first")
    _settings(store, *office.issue(tmp_path / "ada"))
    second = sealed(store, "second")
    _settings(store, *office.issue(tmp_path / "ada again"))
    third = sealed(store, "third")
    for take in (first, second, third):
        assert read(store.path(take), trust_in(store.keys)).trusted, take.shot


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda chain, _: chain.unlink(), "cannot be read: it does not exist"),
        (lambda _, key: key.write_bytes(b"nothing"), "no private key in PEM"),
        (lambda _, key: key.chmod(0o644), "chmod 600"),
        (lambda chain, _: chain.write_bytes(b"nothing"), "holds 0 certificates"),
        (lambda chain, _: chain.write_bytes(_first(chain)), "holds 1 certificates"),
        (lambda chain, key: _other_key(key), "does not belong to the first certificate"),
        (lambda _, key: _password(key), "has a password"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_one_line_and_shows_no_key(
    tmp_path: Path, office: Office, spoil, says: str
) -> None:
    store = Store(tmp_path / "studio")
    chain, key = office.issue(tmp_path / "ada")
    secret = key.read_text().splitlines()[1]
    _settings(store, chain, key)
    spoil(chain, key)
    with pytest.raises(SealError, match=says) as caught:
        authority_of(store.hidden)
    assert "\n" not in str(caught.value)
    assert secret not in str(caught.value)


def _first(chain: Path) -> bytes:
    return x509.load_pem_x509_certificates(chain.read_bytes())[0].public_bytes(PEM)


def _other_key(path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(key.private_bytes(PEM, PKCS8, serialization.NoEncryption()))


def _password(path: Path) -> None:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    path.write_bytes(key.private_bytes(PEM, PKCS8, serialization.BestAvailableEncryption(b"x")))


def test_an_expired_certificate_says_until_when_it_was_good(tmp_path: Path, office: Office) -> None:
    store = Store(tmp_path / "studio")
    _settings(store, *office.issue(tmp_path / "ada", days=(-9, -2)))
    with pytest.raises(SealError, match="valid from"):
        authority_of(store.hidden)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("chain = ", "cannot be read as TOML"),
        ('chian = "x"', 'holds "chian"'),
        ("chain = 7", "not a path"),
        ('chain = "x"', "a certificate without its key"),
    ],
)
def test_settings_that_make_no_sense_are_named(tmp_path: Path, text: str, says: str) -> None:
    store = Store(tmp_path)
    (store.hidden / "signing.toml").write_text(text)
    with pytest.raises(SealError, match=says):
        authority_of(store.hidden)
