"""Secret files are closed to others; where an engine mounts them, others may read and never write."""

import pytest

from passport.errors.storage import SecretFileUnusable
from passport.storage.secret_files import MOUNTED, create_secret_file, read_secret_file

SECRET = "k" * 44


def written(path, mode, text=SECRET):
    path.write_text(f"{text}\n", encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o700])
def test_a_file_of_its_owner_is_read(tmp_path, mode):
    assert read_secret_file(written(tmp_path / "secret", mode)) == SECRET


@pytest.mark.parametrize(
    "mode", [0o440, 0o404, 0o444, 0o640, 0o644, 0o620, 0o602, 0o610, 0o601, 0o666, 0o777]
)
def test_a_file_that_others_can_reach_is_refused(tmp_path, mode):
    with pytest.raises(SecretFileUnusable):
        read_secret_file(written(tmp_path / "secret", mode))


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o440, 0o444, 0o644])
def test_a_mounted_file_may_be_readable(tmp_path, mode):
    assert read_secret_file(written(tmp_path / "secret", mode), mounted=[tmp_path]) == SECRET


@pytest.mark.parametrize("mode", [0o420, 0o402, 0o620, 0o646, 0o664, 0o666])
def test_a_mounted_file_that_others_can_write_is_refused(tmp_path, mode):
    with pytest.raises(SecretFileUnusable):
        read_secret_file(written(tmp_path / "secret", mode), mounted=[tmp_path])


def test_a_file_is_where_it_really_is(tmp_path):
    """Neither dots nor a link make a file one that an engine mounted."""
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    outside = written(tmp_path / "outside", 0o444)
    (mounted / "link").symlink_to(outside)
    for path in (mounted / "link", mounted / ".." / "outside"):
        with pytest.raises(SecretFileUnusable):
            read_secret_file(path, mounted=[mounted])
    (tmp_path / "link").symlink_to(written(mounted / "secret", 0o444))
    assert read_secret_file(tmp_path / "link", mounted=[mounted]) == SECRET


def test_nothing_in_a_home_or_data_directory_counts_as_mounted():
    assert [str(folder) for folder in MOUNTED] == ["/run/secrets", "/run/credentials"]


@pytest.mark.parametrize(("length", "taken"), [(31, False), (32, True)])
def test_a_secret_has_at_least_32_characters(tmp_path, length, taken):
    path = written(tmp_path / "secret", 0o600, "k" * length)
    if taken:
        assert len(read_secret_file(path)) == length
    else:
        with pytest.raises(SecretFileUnusable):
            read_secret_file(path)


def test_what_is_no_text_or_not_there_is_refused(tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(b"\xff" * 64)
    path.chmod(0o600)
    for each in (path, tmp_path / "missing", tmp_path):
        with pytest.raises(SecretFileUnusable):
            read_secret_file(each)


def test_a_new_secret_is_closed_long_and_never_written_over(tmp_path):
    path = tmp_path / "data" / "master.secret"
    create_secret_file(path)
    first = read_secret_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    create_secret_file(path)
    assert read_secret_file(path) == first
    assert [entry.name for entry in path.parent.iterdir()] == ["master.secret"]
