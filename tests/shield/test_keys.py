import stat
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509

from flow_nb.errors import SealError
from flow_nb.shield.keys import CHAIN, KEY, ROOT, Authority, root_in


def test_an_authority_is_made_once_and_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert root_in(folder) is None
    first = Authority.of(folder)
    assert Authority.of(folder) == first
    assert root_in(folder) == first.root
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / KEY).stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["keys"]


def test_a_key_that_became_readable_is_closed_again(tmp_path: Path) -> None:
    Authority.of(tmp_path / "keys")
    (tmp_path / "keys" / KEY).chmod(0o644)
    Authority.of(tmp_path / "keys")
    assert stat.S_IMODE((tmp_path / "keys" / KEY).stat().st_mode) == 0o600


def test_the_key_is_never_printed(tmp_path: Path) -> None:
    authority = Authority.of(tmp_path / "keys")
    assert "PRIVATE" not in repr(authority)
    assert b"PRIVATE" in authority.key


def test_certificates_name_nobody_but_flow_nb(tmp_path: Path) -> None:
    authority = Authority.of(tmp_path / "keys")
    chain = x509.load_pem_x509_certificates(authority.chain + authority.root)
    names = [name.value for c in chain for n in (c.subject, c.issuer) for name in n]
    assert set(names) == {"flow_nb", "flow_nb signer", "flow_nb intermediate", "flow_nb root"}
    for certificate, issuer in pairwise(chain):
        certificate.verify_directly_issued_by(issuer)


@pytest.mark.parametrize("name", [ROOT, CHAIN, KEY])
@pytest.mark.parametrize("data", [b"", b"not a key"])
def test_a_damaged_key_says_what_to_do(tmp_path: Path, name: str, data: bytes) -> None:
    Authority.of(tmp_path / "keys")
    (tmp_path / "keys" / name).write_bytes(data)
    with pytest.raises(
        SealError, match=r"damaged\. Move root\.pem, chain\.pem and signer\.key away"
    ):
        Authority.of(tmp_path / "keys")


def test_the_key_of_another_is_noticed(tmp_path: Path) -> None:
    Authority.of(tmp_path / "keys")
    other = Authority.of(tmp_path / "other")
    (tmp_path / "keys" / KEY).write_bytes(other.key)
    with pytest.raises(SealError, match="damaged"):
        Authority.of(tmp_path / "keys")


def test_a_file_where_the_keys_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")
    with pytest.raises(SealError, match="keys"):
        Authority.of(tmp_path / "keys")
