"""The cache's folder (contract C12): what is not trusted or damaged is passed over and said, the limit holds, settings of
the program count."""
import os
import shutil
import time
import warnings

import numpy as np
import pytest
from lancehead import _lancehead, cache, config, njit


@pytest.fixture
def store(tmp_path):
    """A store of the test's own."""
    folder = tmp_path / "store"
    config.CACHE_DIR = str(folder)
    yield folder
    _lancehead.finish_cache_writes()
    config.reload_config()
    _lancehead.set_cache_settings("", "")


def made(number):
    """A jitted function of its own for each number."""
    scope = {}
    exec(f"def f{number}(x):\n    return x * {number} + 1\n", scope)
    return njit(scope[f"f{number}"])


def called(function, number):
    """Calls it and waits for what is written; (whether it was found in the cache, the reason that stats gives)."""
    assert function(2.5) == 2.5 * number + 1
    _lancehead.finish_cache_writes()
    return bool(function.stats.cache_hits), function.stats.reason


def entries(folder):
    return sorted(folder.glob("*.lhc")) if folder.exists() else []


def flip(position):
    def flips(path):
        data = bytearray(path.read_bytes())
        data[int(position * (len(data) - 1))] ^= 0x10
        path.write_bytes(data)

    return flips


def truncate(part):
    return lambda path: os.truncate(path, int(path.stat().st_size * part))


def replace_by_link(path):
    path.rename(path.with_suffix(".aside"))
    path.symlink_to(path.with_suffix(".aside"))


def replace_by_folder(path):
    path.unlink()
    path.mkdir()


def replace_by_pipe(path):
    path.unlink()
    os.mkfifo(path)


def replace_by_another(path):
    other = next(p for p in entries(path.parent) if p != path)
    shutil.copyfile(other, path)


# What is done to an entry -> a part of what stats says; None: nothing, the entry is of something else or not there.
DAMAGES = {"another's": (replace_by_another, None)}  # the first: the other one is still well
DAMAGES |= {f"flip {k}": (flip(k / 16), "is damaged") for k in range(17)}
DAMAGES |= {f"cut {k}": (truncate(k / 4), "is damaged") for k in range(4)}
DAMAGES |= {
    "longer": (lambda path: path.write_bytes(path.read_bytes() + b"\0"), "is damaged"),
    "foreign": (lambda path: path.write_bytes(b"not an entry\n" * 100), "is damaged"),
    "open to all": (lambda path: path.chmod(0o666), "everybody can write to it"),
    "open to the group": (lambda path: path.chmod(0o664), "its group can write to it"),
    "link": (replace_by_link, "it is a symbolic link"),
    "folder": (replace_by_folder, "it is no regular file"),
    "pipe": (replace_by_pipe, "it is no regular file"),
    "gone": (lambda path: path.unlink(), None),
}


def test_what_is_wrong_with_an_entry_makes_it_a_miss(store):
    numbers = dict(zip(DAMAGES, range(100, 1000)))
    for number in numbers.values():
        assert called(made(number), number) == (False, None)
    titles = {item["function"].split("(")[0].split(".")[-1]: item["file"]
              for item in _lancehead.list_store(str(store))["files"]}
    files = {name: store / titles[f"f{number}"] for name, number in numbers.items()}
    for name, (damage, _) in DAMAGES.items():
        damage(files[name])
    for name, (_, reason) in DAMAGES.items():
        hit, said = called(made(numbers[name]), numbers[name])
        assert not hit, name
        assert (said is None) if reason is None else (said and reason in said and str(files[name]) in said), (name, said)
    # What could be replaced was.
    for name in ("flip 3", "cut 0", "foreign", "open to all", "another's", "gone"):
        assert called(made(numbers[name]), numbers[name]) == (True, None), name


@pytest.mark.parametrize("mode, reason", [(0o777, "everybody can write to it"), (0o775, "its group can write to it")])
def test_a_folder_that_others_can_change_is_not_used(store, mode, reason):
    assert called(made(1), 1) == (False, None)
    store.chmod(mode)
    before = entries(store)
    for number in (1, 2):
        hit, said = called(made(number), number)
        assert not hit and said == f"{store} is not trusted: {reason}"
    assert entries(store) == before
    assert made(1).stats.cache_path is None
    assert cache.info()["reason"] == f"{store} is not trusted: {reason}"
    store.chmod(0o700)
    assert called(made(1), 1) == (True, None)


def test_a_folder_is_reached_through_links(store, tmp_path):
    real = tmp_path / "real"
    real.mkdir(mode=0o700)
    store.symlink_to(real)
    assert [called(made(1), 1) for _ in range(2)] == [(False, None), (True, None)]
    assert entries(real)


def test_a_new_folder_is_the_users_alone(store):
    called(made(1), 1)
    assert store.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in entries(store))


def test_the_folder_stays_within_its_limit_and_what_is_used_stays(store):
    config.CACHE_LIMIT = "64K"
    for number in range(2, 30):
        called(made(number), number)
        os.utime(entries(store)[0], (1, 1))
        assert sum(path.stat().st_size for path in entries(store)) <= 64 << 10
        used = made(1)  # in each round, so that it is never the one that goes
        called(used, 1)
        for path in entries(store):
            if path.name in {i["file"] for i in _lancehead.list_store(str(store))["files"] if "f1(" in i["function"]}:
                os.utime(path, None)
    assert 8 <= len(entries(store)) <= 16
    assert called(made(1), 1)[0]
    assert cache.info()["limit"] == 64 << 10


def test_without_room_nothing_is_written(store):
    config.CACHE_LIMIT = 0
    assert called(made(1), 1) == (False, "LANCEHEAD_CACHE_LIMIT is 0")
    assert not entries(store)


def test_the_program_turns_it_off(store):
    config.CACHE = 0
    f = made(1)
    assert called(f, 1) == (False, "the option cache=False")
    assert not store.exists() and f.stats.cache_path is None


def test_stats_are_three_as_numbas(store):
    f = made(7)
    f(1.5)
    path, hits, misses = f.stats
    assert (path, hits) == (str(store), {}) and list(misses.values()) == [1]
    assert f.stats.reason is None


def test_the_listing_tells_what_where_and_why_not(store):
    for number in (1, 2, 3):
        called(made(number), number)
    entries(store)[0].chmod(0o666)
    known = cache.info()
    assert known["path"] == str(store) and known["entries"] == 3 and known["limit"] == 512 << 20
    assert known["bytes"] == sum(path.stat().st_size for path in entries(store))
    assert len(known["functions"]) == 2 and all(name.endswith("(float64)") for name in known["functions"])
    assert known["refused"] == {entries(store)[0].name: "everybody can write to it"}
    text = cache.report()
    assert f"not read: {entries(store)[0].name}: everybody can write to it" in text.splitlines()
    assert cache.report(str(store)) == text
    assert cache.clear() == 3 and entries(store) == [] and cache.info()["entries"] == 0


def test_it_is_written_soon_after_the_first_call(store):
    made(1)(2.5)
    end = time.monotonic() + 60
    while not entries(store) and time.monotonic() < end:
        os.sched_yield()
    assert entries(store)


def test_caching_can_be_enabled_later(store):
    f = njit(cache=False)(made(1).py_func)
    f.enable_caching()
    called(f, 1)
    assert f.stats.cache_path == str(store) and entries(store)


@pytest.mark.parametrize("text, good", [("64K", True), ("1gb", True), ("123", True), ("1.5G", False), ("many", False)])
def test_a_limit_that_is_no_size_is_warned_of(monkeypatch, text, good):
    monkeypatch.setenv("LANCEHEAD_CACHE_LIMIT", text)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert config.value("CACHE_LIMIT") == (text if good else "512M")
    assert [str(w.message) for w in caught] == [
        f"LANCEHEAD_CACHE_LIMIT={text!r} is not a size such as 512M; it is ignored"][good:]


def test_functions_that_share_their_code_in_memory_are_each_written(store, tmp_path):
    first = made(1)
    called(first, 1)
    config.CACHE_DIR = tmp_path / "another"
    assert called(made(1), 1) == (False, None)
    assert len(entries(tmp_path / "another")) == 1


def test_signatures_are_written_too(store):
    def add(x, y):
        return x + y

    for hit in (False, True):
        f = njit("float64(float64, float64)")(add)
        _lancehead.finish_cache_writes()
        assert f(1.5, 2) == 3.5 and bool(f.stats.cache_hits) is hit


def test_large_global_arrays_are_found_where_they_are(store):
    seen = []
    for fill in (1.0, 2.0):
        table = np.full(20000, fill)

        @njit
        def of_table(i):
            return table[i] + 1.0

        assert of_table(77) == fill + 1.0
        _lancehead.finish_cache_writes()
        seen.append(bool(of_table.stats.cache_hits))
    assert seen == [False, True]
