"""A page is waited for until it has all that its scripts ask for one after the other."""

from tests.functional.settling import settle
from tests.functional.settling import watch


PAGE = """<!doctype html><title>0</title><script>
(async () => {
  for (let number = 1; number <= 150; number += 1) {
    await fetch("/more");
    document.title = number;
  }
})();
</script>"""


def test_a_page_that_asks_again_and_again_has_all_of_it(new_context):
    page = new_context().new_page()
    watch(page)
    page.route(
        "http://site.test/**",
        lambda route: route.fulfill(body=PAGE, content_type="text/html"),
    )
    page.goto("http://site.test/")
    settle(page)
    assert page.title() == "150"
