"""What is told of the time that formats take, so that all of the catalogue fit into a run."""

from budget import ALL_SECONDS, Budget


def test_the_slowest_and_those_over_their_share_are_told():
    budget = Budget(["svg", "svg_layers", "bmp"])
    share = ALL_SECONDS / 3
    budget.note("tests/conformance/test_conformance.py::test_the_notice[svg-sample]", 2.0)
    budget.share(1.5)
    budget.note("tests/conformance/test_conformance.py::test_layers[svg_layers-sample]", share + 2.5)
    budget.note("tests/conformance/test_contents.py::test_texts[sample-svg_layers]", 1.0)
    budget.note("tests/formats/test_formats.py::test_pictures[bmp]", 9.0)
    told = budget.told()
    assert told[0].startswith(f"2 formats took {share + 4:.0f} s")
    assert told[0].endswith(f"svg_layers {share + 2:.1f} s, svg 2.0 s")
    assert told[1:] == [f"Over the {share:.0f} s that each of 3 may take: svg_layers by 2.0 s"]


def test_a_run_within_the_budget_and_one_without_formats_say_no_more():
    budget = Budget(["svg"])
    assert budget.told() == []
    budget.note("tests/house/test_house.py::test_one[svg]", 5.0)
    assert budget.told() == []
    budget.note("tests/conformance/test_conformance.py::test_one[svg-sample]", 5.0)
    assert len(budget.told()) == 1
