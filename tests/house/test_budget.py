"""What is told of the processor's time that formats take, so that all of the catalogue fit into a run."""

import subprocess
import sys
import time

import pytest
from budget import ALL_SECONDS, Budget, processor_seconds
from proved import Proved

BUSY = "import time\nwhile time.process_time() < 0.4: pass"


class Clock:
    """Goes on where it is told to."""

    now = 100.0

    def __call__(self):
        return self.now

    def spend(self, seconds):
        self.now += seconds


def test_the_slowest_and_those_over_their_share_are_told():
    clock = Clock()
    budget = Budget(["svg", "svg_layers", "bmp"], clock)
    share = ALL_SECONDS / 3
    for test, seconds in (
        ("tests/conformance/test_conformance.py::test_the_notice[svg-sample]", 2.0),
        ("tests/conformance/test_conformance.py::test_layers[svg_layers-sample]", share + 1.0),
        ("tests/conformance/test_contents.py::test_texts[sample-svg_layers]", 1.0),
        ("tests/formats/test_formats.py::test_pictures[bmp]", 9.0),
    ):
        with budget.test(test):
            clock.spend(seconds)
    told = budget.told()
    assert told[0].startswith(f"2 formats took {share + 4:.0f} s")
    assert told[0].endswith(f"svg_layers {share + 2:.1f} s, svg 2.0 s")
    assert told[1:] == [f"Over the {share:.0f} s that each of 3 may take: svg_layers by 2.0 s"]
    assert [line.split()[-1] for line in budget.files_told()] == [
        "tests/conformance/test_conformance.py", "tests/formats/test_formats.py", "tests/conformance/test_contents.py",
    ]  # fmt: skip
    assert budget.files_told()[1].split()[0] == "9.0"


def test_what_all_share_is_nobodys_and_another_s_file_is_the_other_s():
    clock = Clock()
    budget = Budget(["svg", "gpkg"], clock)
    clock.spend(50)
    with budget.account("svg"):
        clock.spend(1)
        with budget.account():
            clock.spend(20)
        with budget.account("gpkg"):
            clock.spend(3)
            with budget.account():
                clock.spend(20)
            clock.spend(4)
        clock.spend(2)
    clock.spend(50)
    assert budget.seconds == {"svg": 3, "gpkg": 7}


def test_a_run_within_the_budget_and_one_without_formats_say_no_more():
    clock = Clock()
    budget = Budget(["svg"], clock)
    with budget.account(budget.format_of("tests/house/test_house.py::test_one[svg]")):
        clock.spend(5)
    assert budget.told() == []
    with budget.account(budget.format_of("tests/conformance/test_conformance.py::test_one[svg-sample]")):
        clock.spend(5)
    assert len(budget.told()) == 1


def test_what_is_counted_is_work_and_not_waiting():
    began = processor_seconds()
    time.sleep(0.5)
    assert processor_seconds() - began < 0.3
    subprocess.run([sys.executable, "-c", BUSY], check=True)
    assert processor_seconds() - began > 0.35


def test_a_format_is_proved_where_all_of_its_tests_passed():
    formats = ["svg", "svg_layers", "bmp", "gif"]
    proved = Proved(formats, Budget(formats).format_of)
    assert proved.told() == []
    for name, when, outcome in (
        ("svg-sample", "call", "passed"), ("svg-monaco", "call", "skipped"), ("svg_layers-sample", "call", "passed"),
        ("svg_layers-monaco", "call", "failed"), ("bmp-sample", "setup", "failed"), ("gif-sample", "setup", "passed"),
    ):  # fmt: skip
        node = f"tests/conformance/test_conformance.py::test_layers_and_counts[{name}]"
        proved.note(pytest.TestReport(node, ("", 0, ""), {}, outcome, None, when))
    assert proved.told() == ["1 of 4 formats were opened by another program."]
