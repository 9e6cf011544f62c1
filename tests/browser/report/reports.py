"""A report as a user sees it."""

import csv
import html
import io
import re


REPORT = "/board/agenda/@@who-read-this"


def text_of(answer):
    """Return the visible text of an answer's content, spaces folded."""
    page = html.unescape(answer.text).split("<article")[-1].split("</article")[0]
    page = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)
    page = re.sub("</?bdi[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def names_in(answer):
    """Return the readers that are listed, in order."""
    found = re.findall(
        r'<th[^>]*scope="row"[^>]*>\s*<(?:span|bdi)>(.*?)</(?:span|bdi)>',
        answer.text,
        re.S,
    )
    return [re.sub("<[^>]+>", "", name).strip() for name in found]


def tabs_in(answer):
    """Return the numbers on the tabs, by title."""
    page = " ".join(answer.text.split()).partition("nav-pills")[2].partition("</ul>")[0]
    found = re.findall(r'class="nav-link[^"]*"[^>]*>(.*?)<span[^>]*>(\d+)<', page)
    return {title.strip(): int(number) for title, number in found}


def evidence_in(answer):
    """Return the numbers of readers by level, expected or not."""
    page = answer.text.partition("clicktracker-evidence")[2].partition("</table>")[0]
    found = re.findall(r'<th scope="row">(\w+)</th>.*?<strong>([^<]+)<', page, re.S)
    return {title: int(number.replace(",", "")) for title, number in found}


def tab(visitor, name, search=""):
    return visitor("manager").get(f"{REPORT}?tab={name}&reader={search}")


def rows_of(answer):
    assert answer.status_code == 200, answer.text[:500]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def words_of(answer):
    page = html.unescape(answer.text).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
