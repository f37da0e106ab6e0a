"""JUnit XML: what its readers make of it, totals over a stream, and characters that XML can't hold."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import junitparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from linter.model import Article, Verdict
from linter.reports import ReportOptions, Summary, report_for
from linter.reports.paper import safe

from .specimens import LIMITS, render, specimens
from .test_reports import ARTICLE, VERDICT

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_of(*verdicts: tuple[Verdict, Article]) -> str:
    out = io.StringIO()
    report = report_for("junit")(out, ReportOptions(version="1"))
    for verdict, article in verdicts:
        report.add(verdict, article)
    report.close(Summary())
    return out.getvalue()


def test_a_reader_finds_a_case_per_article_with_its_decision() -> None:
    assert LIMITS.min_score == 60
    (suite,) = junitparser.JUnitXml.fromstring(render("junit").encode())
    cases: list[junitparser.TestCase] = list(suite)
    outcomes = [[type(result) for result in case.result] for case in cases]
    expected: list[list[type]] = []
    for _, verdict in specimens():
        failed = [junitparser.Failure] if verdict.decision == "fail" else []
        expected.append([junitparser.Error] if verdict.error is not None else failed)
    assert outcomes == expected
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (11, 5, 3, 0)
    by_name = {case.name: case for case in cases}
    (low,) = by_name["low.txt"].result
    assert (low.type, low.message, low.text) == ("score", "the score is 41, under 60", None)
    (ferry,) = by_name["news/ferry.txt"].result
    assert (ferry.type, ferry.message) == ("findings", "error GRM001 wrong-tense at 6:10")
    assert ferry.text.splitlines()[:2] == [
        "news/ferry.txt:3:1: warning NWS001 newsletter-signup: 'Sign up' asks for it",
        "news/ferry.txt:4:18: info NWS001 newsletter-signup: 'boat' asks for it",
    ]
    assert by_name["posts/our own.md"].system_out == (
        "warning: warning NWS001 newsletter-signup at 3:1\n"
        "posts/our own.md:3:1: warning NWS001 newsletter-signup: 'Sign up' asks for it\n"
    )
    assert (by_name["dump.jsonl#7"].classname, by_name["news/ferry.txt"].classname) == ("newslint", "news")


def test_scores_are_properties_also_of_ones_own_articles() -> None:
    root = etree.fromstring(render("junit").encode())
    scores = {
        case.get("name"): case.findtext("failure") and case.xpath("string(properties/property[@name='score']/@value)")
        for case in root.iter("testcase")
    }
    assert scores["news/ferry.txt"] == "71"
    assert root.xpath("string(//testcase[@name='posts/our own.md']//property[@name='score']/@value)") == "96"
    order = {tuple(child.tag for child in case) for case in root.iter("testcase")}
    assert order == {("properties", "failure"), ("properties", "error"), ("properties", "system-out"), ("properties",)}


def test_totals_stand_before_a_report_that_is_longer_than_the_memory_it_takes() -> None:
    fails = replace(VERDICT, decision="fail", because="error GRM001 wrong-tense at 6:10")
    passes = replace(VERDICT, findings=[])
    xml = report_of(*[(fails, ARTICLE), (passes, ARTICLE), (passes, ARTICLE)] * 1_000)
    assert len(xml) > 1 << 20
    root = ElementTree.fromstring(xml)
    assert root.attrib == {"name": "newslint", "tests": "3000", "failures": "1000", "errors": "0"}
    assert len(root.findall(".//testcase")) == 3_000
    assert len(root.findall(".//failure")) == 1_000


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_well_formed_and_read_back(text: str) -> None:
    hurt = replace(VERDICT.findings[0], message=text, suggestion=text)
    verdict = replace(
        VERDICT, path=f"a/{text}".replace("\0", ""), title=text, id=text, findings=[hurt], decision="fail", because=text
    )  # fmt: skip
    xml = report_of((verdict, ARTICLE), (replace(verdict, error=text, findings=[]), ARTICLE))
    assert not NOT_XML.search(xml)
    root = etree.fromstring(xml.encode())
    shown = NOT_XML.sub("\ufffd", safe(text))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == root.xpath("string(//error/@message)") == shown
    assert f": {shown}; instead: {shown}" in (failure.text or "") if text else failure.text
    assert root.xpath("string(//property[@name='title']/@value)") == shown
