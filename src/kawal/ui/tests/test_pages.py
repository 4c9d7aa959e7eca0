"""Every page has its shell, in the reader's language and theme."""

from contextlib import closing

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/ui/", "/ui/isian", "/ui/daftar", "/ui/selesai"])
def test_the_gallery_shows_every_component(client: Client, url: str):
    assert client.get(url).status_code == 200


def test_indonesian_comes_first_whatever_the_browser_asks_for(client: Client):
    answer = client.get("/ui/", headers={"accept-language": "en-US,en"})
    assert answer.headers["Content-Language"] == "id"
    assert "Galeri komponen" in answer.text


def test_a_link_changes_the_language_and_the_cookie_keeps_it(client: Client):
    assert "Component gallery" in client.get("/ui/?lang=en").text
    kept = client.get("/ui/")
    assert "Component gallery" in kept.text
    assert kept.headers["Content-Language"] == "en"
    assert "Cookie" in kept.headers["Vary"]


def test_the_words_of_one_reader_are_not_kept_for_the_next(client: Client):
    """A constant with a filter must not be worked out once, in the first reader's language."""
    assert "3 hours 12 minutes late" in client.get("/ui/?lang=en").text
    assert "terlambat 3 jam 12 menit" in client.get("/ui/?lang=id").text


def test_a_language_that_is_not_spoken_changes_nothing(client: Client):
    answer = client.get("/ui/?lang=xx&theme=purple")
    assert answer.headers["Content-Language"] == "id"
    assert 'data-theme="auto"' in answer.text
    assert not answer.cookies


def test_the_theme_is_kept_by_a_cookie(client: Client):
    client.get("/ui/?theme=dark")
    assert 'data-theme="dark"' in client.get("/ui/").text


def test_a_switch_keeps_the_rest_of_the_address(client: Client):
    assert 'href="?sort=-name&amp;lang=en"' in client.get("/ui/daftar?sort=-name").text


def test_reading_a_page_sets_no_cookie(client: Client):
    assert not client.get("/ui/").cookies


def test_the_gallery_is_closed_to_strangers_in_a_live_deployment(client: Client, settings):
    settings.DEPLOYMENT = "live"
    assert client.get("/ui/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "words"), [("demo", "Peragaan"), ("rehearsal", "Gladi"), ("live", None)]
)
def test_the_banner_says_what_kind_of_deployment_this_is(client: Client, settings, kind, words):
    settings.DEPLOYMENT = kind
    text = client.get("/").text
    assert ('class="banner"' in text) == (words is not None)
    assert words is None or words in text


def test_style_and_script_carry_the_hash_of_their_content_and_fonts_their_version(client: Client):
    text = client.get("/ui/").text
    style = text.split('href="/static/ui/css/tokens.css?v=')[1].split('"')[0]
    assert len(style) == 12
    assert int(style, 16) >= 0
    assert "plus-jakarta-sans-latin-wght-normal.woff2?v" not in text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("vendor/plus-jakarta-sans-5.3.0/plus-jakarta-sans-latin-wght-normal.woff2", "immutable"),
        ("css/tokens.css", "max-age=3600, public"),
    ],
)
def test_static_files_are_served_and_vendored_ones_are_kept_for_good(
    client: Client, name: str, kept: str
):
    with closing(client.get(f"/static/ui/{name}")) as answer:
        assert kept in answer.headers["Cache-Control"]
        assert answer.getvalue()


def test_no_page_holds_a_script_or_a_style_of_its_own(client: Client):
    for url in ("/", "/ui/", "/ui/isian", "/ui/daftar"):
        text = client.get(url).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count("<script src=")
