"""Forms of signing in, in our words; each keeps what the sign-in library checks."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kawal.identity import mails, words
from kawal.identity.facts import PersonDraft

NEW = _(
    "Paling sedikit 12 huruf. Tiga kata yang tidak berhubungan mudah diingat dan sulit ditebak."
)


def reword(form: Any, field: str, label: Any, hint: Any = "", **attrs: str) -> None:
    """Give a field our label and hint, and no text inside it."""
    form.fields[field].label, form.fields[field].help_text = label, hint
    form.fields[field].widget.attrs.pop("placeholder", None)
    form.fields[field].widget.attrs.update(attrs)


def _reword_new_password(form: Any) -> None:
    reword(form, "password1", _("Kata sandi baru"), NEW)
    reword(form, "password2", _("Kata sandi baru, sekali lagi"))


class SignInForm(account.LoginForm):
    """Name or address, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "login", _("Nama pengguna atau surel"), autocomplete="username webauthn")
        reword(self, "password", _("Kata sandi"))


class _SameTwice:
    """Says in our words that the two new passwords differ."""

    def clean(self) -> Any:
        """Compare the two, then everything else."""
        cleaned: Any = forms.Form.clean(self)  # type: ignore[arg-type]
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Kedua kata sandi tidak sama."))  # type: ignore[attr-defined]
        return cleaned


class ChangePasswordForm(_SameTwice, account.ChangePasswordForm):
    """The password now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "oldpassword", _("Kata sandi sekarang"))
        _reword_new_password(self)

    def clean(self) -> Any:
        """Refuse the same password again: a temporary one must not stay."""
        cleaned: Any = super().clean()
        new = cleaned.get("password1")
        if new and new == cleaned.get("oldpassword"):
            self.add_error("password1", words.ERRORS["same_as_current"])
        return cleaned


class SetPasswordForm(_SameTwice, account.SetPasswordForm):
    """The first password of a login that had none, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_new_password(self)


class NewPasswordForm(_SameTwice, account.ResetPasswordKeyForm):
    """The new password of who came by a mailed link, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword_new_password(self)


class AskForLinkForm(account.ResetPasswordForm):
    """The address to which the link is mailed; whether it is known does not show."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", _("Alamat surel"), _("Alamat yang tercatat pada data Anda."))

    def clean_email(self) -> str:
        """Return the address; nothing is looked up here."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Have the link mailed behind the request."""
        mails.send_reset(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class ConfirmPasswordForm(account.ReauthenticateForm):
    """The password again, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "password", _("Kata sandi"))


CODE_LIVES = 3 * 30  # seconds: one step of 30 early, one on time, one late
CODE_HINT = _("Enam angka dari aplikasi kode, atau satu kode cadangan.")


class _OnceOnly:
    """Takes each code once for as long as it would be valid, one step early and late included."""

    def clean_code(self) -> str:
        """Return the code when it is right and was not used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        used = f"identity.code.{self.user.pk}.{code}"  # type: ignore[attr-defined]
        if not cache.add(used, 1, timeout=CODE_LIVES):
            raise forms.ValidationError(words.ERRORS["incorrect_code"])
        return code


class CodeForm(_OnceOnly, mfa.AuthenticateForm):
    """The code of the second factor, at signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("Kode"), CODE_HINT, inputmode="numeric")


class ConfirmCodeForm(_OnceOnly, mfa.ReauthenticateForm):
    """The code again, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("Kode"), CODE_HINT, inputmode="numeric")


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("Kode dari aplikasi"), _("Enam angka"), inputmode="numeric")


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "name", _("Nama kunci"), _("Misalnya: ponsel kantor"))
        self.fields["passwordless"].label = _("Pakai untuk masuk tanpa kata sandi")
        self.fields["passwordless"].help_text = _(
            "Perangkat akan meminta sidik jari, wajah, atau PIN."
        )


class PersonForm(forms.Form):
    """What is entered about a person; the rules judge it, not the form."""

    name = forms.CharField(label=_("Nama tanpa gelar"), required=False)
    title_before = forms.CharField(label=_("Gelar depan"), required=False)
    title_after = forms.CharField(label=_("Gelar belakang"), required=False)
    nip = forms.CharField(label=_("NIP"), required=False, help_text=_("18 angka"))
    nik = forms.CharField(label=_("NIK"), required=False, help_text=_("16 angka"))
    email = forms.CharField(
        label=_("Alamat surel"), required=False, help_text=_("Milik sendiri, bukan milik kantor.")
    )
    phone = forms.CharField(label=_("Telepon"), required=False)

    def draft(self) -> PersonDraft:
        """Return what was typed."""
        self.full_clean()
        return PersonDraft(**{name: self.cleaned_data[name] for name in self.fields})


class LoginForm(forms.Form):
    """A new login's name."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        required=False,
        help_text=_("3-50 huruf kecil, angka, titik atau garis"),
    )
