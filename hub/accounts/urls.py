"""Addresses of signing in. All are under /admin/: nothing of it is on the readers' side.

Of allauth's own addresses only those we use are open: nobody signs up, adds e-mail addresses or trusts a browser.
"""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from hub.accounts import screens
from hub.accounts.account_page import account_page
from hub.accounts.first_administrator import begin
from hub.accounts.typed import typed

# Before anybody is signed in, but for the last. They take the place of Wagtail's own, so that no door skips the second
# step and nobody's own picture comes in unread.
doors = [
    path("admin/login/", screens.SignInView.as_view(), name="wagtailadmin_login"),
    path("admin/login/", screens.SignInView.as_view(), name="account_login"),
    path("admin/logout/", screens.SignOutView.as_view(), name="wagtailadmin_logout"),
    path("admin/login/second-step/", screens.second_step, name="mfa_authenticate"),
    path("admin/login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        screens.NewPasswordView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("admin/begin/<str:key>/", begin, name="begin"),
    path("admin/account/", account_page, name="wagtailadmin_account"),
]

# For whoever is signed in, inside Wagtail's admin.
staff_urls = [
    path("signing-in/", screens.overview, name="mfa_index"),
    path("signing-in/", screens.overview, name="mfa_list_webauthn"),
    path("typed/", typed, name="typed"),
    path("signing-in/set-up/", screens.set_up, name="set_up_second_factor"),
    path("signing-in/password/", account.reauthenticate, name="account_reauthenticate"),
    path("signing-in/app/", screens.SetUpAppView.as_view(), name="mfa_activate_totp"),
    path("signing-in/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("signing-in/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("signing-in/passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("signing-in/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("signing-in/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("signing-in/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("signing-in/recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("signing-in/elsewhere/", screens.leave_everywhere_else, name="leave_everywhere_else"),
    path("signing-in/everybody/", screens.sign_ins, name="sign_ins"),
    path("signing-in/everybody/<int:user_id>/forget/", screens.forget, name="forget_second_factor"),
]
