"""A menu shows a reader what he may follow, and says where he is."""

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from kawal.ui import navigation
from kawal.ui.navigation import Item


@pytest.fixture(autouse=True)
def menus(monkeypatch: pytest.MonkeyPatch):
    """Menus of this test alone; the gallery's pages stand for anybody's."""
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "permitted", lambda request, act: act == "parks.see")


def at(path: str):
    return RequestFactory().get(path)


def labels(path: str = "/", section: str = "office") -> list[str]:
    return [link.label for link in navigation.links(at(path), section)]


def test_an_item_with_an_act_needs_the_permission():
    navigation.register(Item("office", "Taman", "ui:gallery", act="parks.see"))
    navigation.register(Item("office", "Kunci", "ui:gallery_forms", act="parks.lock"))
    assert labels() == ["Taman"]


def test_nobody_may_before_somebody_knows_permissions():
    assert navigation._refuse(at("/"), "parks.see") is False


def test_a_condition_hides_an_item():
    navigation.register(Item("public", "Taman", "ui:gallery", when=lambda request: False))
    assert labels(section="public") == []


def test_items_stand_in_their_order():
    navigation.register(Item("office", "Zebra", "ui:gallery", order=1))
    navigation.register(Item("office", "Badak", "ui:gallery_forms", order=2))
    navigation.register(Item("office", "Anoa", "ui:gallery_lists", order=2))
    assert labels() == ["Zebra", "Anoa", "Badak"]


def test_the_nearest_page_above_is_the_current_one():
    navigation.register(Item("public", "Galeri", "ui:gallery"))
    navigation.register(Item("public", "Isian", "ui:gallery_forms"))
    found = navigation.links(at("/ui/isian"), "public")
    assert {link.label: link.current for link in found} == {"Galeri": False, "Isian": True}


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/ui/", "Galeri"),
        ("/ui/2026/isian", "Isian"),
        ("/ui/isian", "Isian"),
        ("/ui/2026/lain", "Galeri"),
        ("/ui2026/isian", ""),
    ],
)
def test_a_number_in_the_address_is_passed_over(path: str, current: str):
    navigation.register(Item("public", "Galeri", "ui:gallery"))
    navigation.register(Item("public", "Isian", "ui:gallery_forms"))
    found = navigation.links(at(path), "public")
    assert [link.label for link in found if link.current] == ([current] if current else [])


def test_a_line_is_current_on_the_further_pages_that_it_names():
    navigation.register(Item("office", "Galeri", "ui:gallery", pages=("ui:gallery_done",)))
    navigation.register(Item("office", "Isian", "ui:gallery_forms"))

    def current(name: str) -> list[str]:
        request = at(reverse(name))
        request.resolver_match = resolve(request.path)
        return [link.label for link in navigation.links(request, "office") if link.current]

    assert current("ui:gallery_forms") == ["Isian"]
    assert current("account_login") == []
    navigation.register(Item("office", "Masuk", "ui:gallery_lists", pages=("account_login",)))
    assert current("account_login") == ["Masuk"]
    assert current("ui:gallery_done") == ["Galeri"]


def test_the_section_follows_the_address_or_what_the_page_says():
    navigation.register(Item("public", "Galeri", "ui:gallery"))
    navigation.register(Item("office", "Isian", "ui:gallery_forms"))
    current = {s.name: s.current for s in navigation.sections(at("/ui/isian"))}
    assert current == {"public": False, "office": True}
    said = {s.name: s.current for s in navigation.sections(at("/ui/isian"), "public")}
    assert said == {"public": True, "office": False}


def test_a_section_without_lines_is_not_shown():
    navigation.register(Item("public", "Galeri", "ui:gallery"))
    assert [section.name for section in navigation.sections(at("/"))] == ["public"]


def test_a_long_menu_stands_beside_the_page_in_groups():
    names = ("ui:gallery", "ui:gallery_forms", "ui:gallery_lists", "ui:gallery_done")
    for order, name in enumerate(names):
        group = "watch" if order % 2 else ""
        navigation.register(Item("office", f"Baris {order}", name, order=order, group=group))
    (section,) = navigation.sections(at("/"))
    assert not section.is_long
    assert {group: [link.label for link in lines] for group, lines in section.groups().items()} == {
        "": ["Baris 0", "Baris 2"],
        "Pengawasan": ["Baris 1", "Baris 3"],
    }


@pytest.mark.django_db
def test_seven_lines_are_too_many_for_one(client: Client):
    pages = ["account_login", "documents:ask", "portal:home", "ui:gallery", "ui:gallery_forms"]
    for name in [*pages, "ui:gallery_lists", "ui:gallery_done"]:
        navigation.register(Item("public", name, name))
    text = client.get("/ui/").text
    assert '<nav class="side"' in text
    assert '<nav class="menu"' not in text


def _side(client: Client) -> str:
    """Return the menu beside the gallery."""
    return client.get("/ui/").text.split('<nav class="side"')[1].split("</nav>")[0]


@pytest.mark.django_db
def test_of_a_menu_too_long_to_be_seen_at_once_only_the_reader_s_group_is_open(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    names = ["account_login", "documents:ask", "portal:home", "ui:gallery_forms"]
    names += ["ui:gallery_lists", "ui:gallery_done"]
    for name in names:
        navigation.register(Item("public", name, name, group="news"))
    navigation.register(Item("public", "Galeri", "ui:gallery", group="watch"))
    assert "<details" not in _side(client)
    monkeypatch.setattr(navigation, "LONGEST_OPEN", len(names))
    side = _side(client)
    assert side.count("<details") == 2
    assert side.count(" open>") == 1
    assert side.index("Galeri") > side.index(" open>")


def test_an_unknown_section_or_group_is_refused():
    with pytest.raises(ValueError, match="'cellar' is none of public"):
        navigation.register(Item("cellar", "Galeri", "ui:gallery"))
    with pytest.raises(ValueError, match="'parks' is none of"):
        navigation.register(Item("office", "Galeri", "ui:gallery", group="parks"))
