"""Where recording is switched off there is no storage to ask, and each view knows it."""

from tests.browser.views import our_views


def test_no_view_is_an_error_of_the_server(tracked, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    manager = visitor("manager")
    found = {}
    for path in our_views():
        # Whole: what a view puts into the head of a page asks the storage as well.
        answer = manager.get(path, whole=True)
        found[path.partition("@@")[2]] = answer.status_code
        assert "Nobody is known" not in answer.text, path
    # There is nothing to say.
    assert found.pop("clicktracker-visitors") == 204
    assert set(found.values()) == {200, 403, 404, 405, 503}
    assert found["who-read-this"] == 200
    assert found["who-read-this.csv"] == 503
