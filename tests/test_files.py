import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flow_nb.files import is_abandoned, reason, replacing, temporary_name, write_whole


def test_a_file_is_the_old_or_the_new_whatever_stops_the_writer(tmp_path: Path) -> None:
    target = tmp_path / "a"
    write_whole(target, b"old")
    with pytest.raises(KeyboardInterrupt), replacing(target) as part:
        _interrupted(part)
    assert target.read_bytes() == b"old"
    write_whole(target, b"new")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"new"]


def test_a_temporary_name_outlives_its_process_as_abandoned() -> None:
    code = "from flow_nb.files import temporary_name; print(temporary_name('.mp4'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert is_abandoned(done.stdout.strip())
    assert not is_abandoned(temporary_name(".mp4"))


def test_a_reused_pid_is_not_taken_for_its_predecessor() -> None:
    mine = temporary_name(".mp4").split("-")
    mine[2] = "1"  # started at another time
    if Path("/proc/self/stat").exists():
        assert is_abandoned("-".join(mine))


@pytest.mark.parametrize(
    "name", ["2024-01-glass.mp4", ".flow_nb-1-2.mp4", "glass.mp4", ".gitignore"]
)
def test_no_file_of_the_user_is_taken_for_debris(name: str) -> None:
    assert not is_abandoned(name)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOTDIR, 9999])
def test_every_refusal_has_a_reason_and_a_fix(number: int) -> None:
    assert all(reason(OSError(number, os.strerror(number))))


def _interrupted(part: Path) -> None:
    part.write_bytes(b"ne")
    raise KeyboardInterrupt
