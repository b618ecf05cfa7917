#!/usr/bin/env python3
"""Links between pages lead to files and headings that are there."""
import os
import re
import unittest
from pathlib import Path

ROOT = Path(os.environ.get("TERRACE_SOURCE_DIR", Path(__file__).resolve().parents[2]))
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.S | re.M)


def pages():
    return [p for p in ROOT.rglob("*.md") if "build" not in p.relative_to(ROOT).parts]


def anchors(page):
    """Headings as the usual hosts of pages turn them into anchors."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    yield from re.findall(r'<a id="([^"]+)">', text)
    for heading in re.findall(r"^#+ +(.+?) *$", text, re.M):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        yield re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


class LinksTest(unittest.TestCase):
    def test_lead_somewhere(self):
        self.assertGreater(len(pages()), 10)
        for page in pages():
            text = FENCE.sub("", page.read_text(encoding="utf-8"))
            for link in LINK.findall(text):
                if re.match(r"[a-z]+:", link):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.parent / path).resolve() if path else page
                with self.subTest(page=str(page.relative_to(ROOT)), link=link):
                    self.assertTrue(target.exists(), "there is no such file")
                    if anchor and target.suffix == ".md":
                        self.assertIn(anchor, list(anchors(target)))


if __name__ == "__main__":
    unittest.main()
