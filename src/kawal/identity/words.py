"""What the sign-in library would say in its own words, said in ours."""

from django.utils.translation import gettext_lazy as _

WRONG = _("Nama pengguna atau kata sandi salah.")
WAIT = _("Terlalu banyak percobaan. Tunggu sebentar, lalu coba lagi.")

ERRORS = {
    "account_inactive": WRONG,
    "email_password_mismatch": WRONG,
    "username_password_mismatch": WRONG,
    "invalid_login": WRONG,
    "enter_current_password": _("Kata sandi sekarang salah."),
    "incorrect_password": _("Kata sandi salah."),
    "incorrect_code": _("Kode salah atau sudah terpakai."),
    "invalid_or_expired_key": _("Tautan ini salah atau sudah kedaluwarsa."),
    "invalid_password_reset": _("Tautan ini salah atau sudah kedaluwarsa."),
    "same_as_current": _("Yang baru harus berbeda dari yang sekarang."),
    "too_many_login_attempts": WAIT,
    "rate_limited": WAIT,
    "cannot_delete_authenticator": _("Faktor kedua ini tidak dapat dilepas."),
    "cannot_generate_recovery_codes": _("Pasang faktor kedua dahulu."),
}

MESSAGES = {
    "account/messages/logged_out.txt": _("Anda sudah keluar."),
    "account/messages/password_changed.txt": _("Kata sandi sudah diganti."),
    "account/messages/password_set.txt": _("Kata sandi sudah dipasang."),
    "mfa/messages/totp_activated.txt": _("Aplikasi kode sudah dipasang."),
    "mfa/messages/totp_deactivated.txt": _("Aplikasi kode sudah dilepas."),
    "mfa/messages/recovery_codes_generated.txt": _("Kode cadangan baru sudah dibuat."),
    "mfa/messages/webauthn_added.txt": _("Kunci sandi sudah ditambahkan."),
    "mfa/messages/webauthn_removed.txt": _("Kunci sandi sudah dihapus."),
}

NOTICES = {
    "account/email/password_changed": _("kata sandi diganti"),
    "account/email/password_set": _("kata sandi dipasang"),
    "account/email/password_reset": _("kata sandi diganti lewat tautan surel"),
    "mfa/email/totp_activated": _("aplikasi kode dipasang"),
    "mfa/email/totp_deactivated": _("aplikasi kode dilepas"),
    "mfa/email/recovery_codes_generated": _("kode cadangan baru dibuat"),
    "mfa/email/webauthn_added": _("kunci sandi ditambahkan"),
    "mfa/email/webauthn_removed": _("kunci sandi dihapus"),
    "socialaccount/email/account_connected": _("masuk lewat akun kota disambungkan"),
}
