"""An official's first days: a temporary password, a second factor, a passkey, a lost password."""

import base64
import hmac
import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Page

from tests.system.browser import axe, four_variants, no_sideways, shoot
from tests.system.product import Product

Visit = Callable[..., Page]
CHOSEN = "kuda-laut-berenang-7"


def code_of(secret: str, steps: int = 0) -> str:
    """Return what a code app shows (RFC 6238)."""
    counter = (int(time.time()) // 30 + steps).to_bytes(8, "big")
    mac = hmac.digest(base64.b32decode(secret), counter, "sha1")
    place = mac[-1] & 15
    return f"{(int.from_bytes(mac[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def enter(product: Product, username: str) -> str:
    """Enter an official at the command line; return his temporary password."""
    words = ("--name", f"Orang {username}", "--email", f"{username}@binjai.example")
    return product.run("user", "add", username, *words).split()[-1]


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/akun/masuk/")
    page.get_by_label("Nama pengguna atau surel").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def choose_password(page: Page, old: str) -> None:
    page.get_by_label("Kata sandi sekarang").fill(old)
    page.get_by_label("Kata sandi baru", exact=True).fill(CHOSEN)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(CHOSEN)
    page.get_by_role("button", name="Simpan kata sandi").click()


def confirm(page: Page) -> None:
    """Give the password again, before something delicate."""
    page.get_by_label("Kata sandi", exact=True).fill(CHOSEN)
    page.get_by_role("button", name="Lanjut").click()


@pytest.fixture
def official(product: Product, visit: Visit, request: pytest.FixtureRequest) -> Page:
    """Return the page of an official named after the test, who has chosen his password."""
    name = re.sub("[^a-z]", "-", request.node.name.removeprefix("test_"))[:40]
    temporary = enter(product, name)
    page = visit()
    sign_in(page, name, temporary)
    page.goto("/ui/")  # whatever he asks for, the password comes first
    page.wait_for_url("**/akun/sandi/")
    choose_password(page, temporary)
    page.goto("/akun/")
    page.get_by_text(name, exact=True).wait_for()
    return page


def test_where_no_link_leads_is_accessible_too(page: Page):
    for path in ("sandi/lupa/surat/", "sandi/baru/1-a-b/"):
        four_variants(page, f"/akun/{path}")
    page.goto("/akun/masuk/")
    shoot(page, "sign-in")


def test_a_wrong_password_is_said_beside_the_form(page: Page, product: Product):
    enter(product, "wrong-password")
    sign_in(page, "wrong-password", "not the password")
    page.get_by_role("alert").get_by_text("Nama pengguna atau kata sandi salah.").wait_for()
    assert page.evaluate("document.activeElement.className") == "wrong"
    axe(page)


def test_after_five_wrong_passwords_one_waits(page: Page, product: Product):
    temporary = enter(product, "five-wrong")
    for _ in range(5):
        sign_in(page, "five-wrong", "not the password")
    sign_in(page, "five-wrong", temporary)
    page.get_by_role("alert").get_by_text("Terlalu banyak percobaan.").wait_for()
    axe(page)
    given = product.run("user", "password", "five-wrong").split()[-1]
    sign_in(page, "five-wrong", given)
    page.wait_for_url("**/akun/")


def test_a_code_app_is_put_in_and_then_asked_for(official: Page, visit: Visit):
    official.get_by_role("link", name="Faktor kedua dan kunci sandi").click()
    official.get_by_role("link", name="Pasang aplikasi kode").click()
    axe(official)
    confirm(official)
    axe(official)
    no_sideways(official)
    shoot(official, "code-app")
    secret = official.locator("dd", has_text=re.compile("^([A-Z2-7]{4} ?){8}$")).inner_text()
    secret = secret.replace(" ", "")
    official.get_by_label("Kode dari aplikasi").fill(code_of(secret, -1))
    official.get_by_role("button", name="Pasang").click()
    official.get_by_role("heading", name="Kode cadangan").wait_for()
    axe(official)
    shoot(official, "recovery-codes")
    recovery = official.locator("code").first.inner_text()

    name = "a-code-app-is-put-in-and-then-asked-for"
    for answer in (code_of(secret), recovery):
        other = visit(java_script_enabled=False)
        sign_in(other, name, CHOSEN)
        other.get_by_label("Kode", exact=True).fill("000000")
        other.get_by_role("button", name="Lanjut").click()
        other.get_by_role("alert").get_by_text("Kode salah").wait_for()
        other.get_by_label("Kode", exact=True).fill(answer)
        other.get_by_role("button", name="Lanjut").click()
        other.wait_for_url("**/akun/")


def test_a_passkey_signs_in_without_a_password(official: Page, product: Product, visit: Visit):
    here = product.url.replace("127.0.0.1", "localhost")  # an address in figures has no passkeys
    name = "a-passkey-signs-in-without-a-password"
    page = visit()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    powers = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options | powers})

    page.goto(f"{here}/akun/masuk/?next=/akun/faktor/kunci/baru/")
    page.get_by_label("Nama pengguna atau surel").fill(name)
    page.get_by_label("Kata sandi", exact=True).fill(CHOSEN)
    page.get_by_role("button", name="Masuk", exact=True).click()
    confirm(page)
    axe(page)
    shoot(page, "passkey")
    page.get_by_label("Nama kunci").fill("Ponsel kantor")
    page.get_by_label("Pakai untuk masuk tanpa kata sandi").check()
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.get_by_role("heading", name="Kode cadangan").wait_for()
    page.goto(f"{here}/akun/faktor/kunci/")
    page.get_by_role("heading", name="Ponsel kantor").wait_for()
    axe(page)

    page.goto(f"{here}/akun/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{here}/akun/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/akun/")
    page.get_by_text(name, exact=True).wait_for()

    page.goto(f"{here}/akun/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{here}/akun/masuk/")
    page.get_by_label("Nama pengguna atau surel").fill(name)
    page.get_by_label("Kata sandi", exact=True).fill(CHOSEN)
    page.get_by_role("button", name="Masuk", exact=True).click()
    axe(page)
    shoot(page, "second-factor")
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url("**/akun/")


def test_a_session_elsewhere_is_ended(official: Page, visit: Visit):
    other = visit(size="phone")
    sign_in(other, "a-session-elsewhere-is-ended", CHOSEN)
    official.goto("/akun/sesi/")
    axe(official)
    shoot(official, "sessions")
    official.get_by_role("button", name="Akhiri sesi ini").click()
    official.get_by_text("Sesi itu sudah diakhiri.").wait_for()
    other.goto("/akun/")
    other.wait_for_url("**/akun/masuk/**")


def test_leaving_is_one_press(official: Page):
    official.get_by_role("link", name="Keluar").first.click()
    official.get_by_role("button", name="Keluar").click()
    official.goto("/akun/")
    official.wait_for_url("**/akun/masuk/**")


def test_a_lost_password_is_replaced_by_a_mailed_link(page: Page, product: Product):
    enter(product, "lost-password")
    page.goto("/akun/masuk/")
    page.get_by_role("link", name="Lupa kata sandi?").click()
    page.get_by_label("Alamat surel").fill("lost-password@binjai.example")
    page.get_by_role("button", name="Kirim tautan").click()
    page.get_by_role("heading", name="Periksa surel Anda").wait_for()
    page.goto(link_in(letter_to("lost-password@binjai.example", product)))
    axe(page)
    shoot(page, "new-password")
    page.get_by_label("Kata sandi baru", exact=True).fill(CHOSEN)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(CHOSEN)
    page.get_by_role("button", name="Simpan kata sandi").click()
    page.get_by_role("main").get_by_role("link", name="Masuk").click()
    sign_in(page, "lost-password", CHOSEN)
    page.wait_for_url("**/akun/")


def letter_to(address: str, product: Product) -> str:
    """Return the letter to an address, from the folder that a demo writes mail into."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for path in (product.home / "mail").glob("*"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == address and "/akun/sandi/baru/" in letter.get_content():
                return str(letter.get_content())
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address}: {product.last_words()}")


def link_in(letter: str) -> str:
    """Return the link that sets a new password."""
    found = re.search(r"http://\S+/akun/sandi/baru/\S+", letter)
    assert found, letter
    return found[0]
