"""Types against the table of what Numba says of them (type_facts.py), and the table against Numba itself."""

import copy
import pathlib
import pickle
import subprocess

import pytest
import type_facts

pytestmark = pytest.mark.filterwarnings("ignore:The 'generic' unit")
TABLE = type_facts.read()
NUMBA = pathlib.Path(__file__).parents[2] / ".venv/numba/bin/python"


@pytest.fixture(scope="module")
def ours():
    return type_facts.of_lancehead()


# Compiled code has units that are multiples; Numba has no type for them.
EXTENSIONS = {"typeof(np.timedelta64(1, '25s'))", "typeof(np.zeros(2, 'm8[25s]'))"}


@pytest.mark.parametrize("spelling", TABLE)
def test_facts(ours, spelling):
    if spelling in EXTENSIONS:
        assert TABLE[spelling][0].startswith("raises") and "timedelta64[25s]" in ours.of(spelling)[1]
    else:
        assert ours.of(spelling) == TABLE[spelling]


# What the process makes anew cannot be pickled by name.
FLEETING = "jitted"


@pytest.mark.parametrize("spelling", [s for s in TABLE if TABLE[s][0].startswith("class ") and FLEETING not in s])
def test_a_type_is_one_object(ours, spelling):
    made = eval(spelling, ours.names)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(made, protocol)) is made
    assert copy.copy(made) is copy.deepcopy(made) is made
    again = eval(spelling, ours.names)
    assert again is made and again == made and not again != made and hash(again) == hash(made)


@pytest.mark.skipif(not NUMBA.exists(), reason="no Numba to ask: ./dev numba-venv makes a venv that has it")
def test_the_table_is_what_numba_says():
    asked = [NUMBA, type_facts.__file__, "--print"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert said == type_facts.TABLE.read_text()
