"""How staff sign in, as Django and django-allauth want to be told. hub/settings.py takes all of it.

Nobody makes an account for themselves, and allauth's own limits are off: hub/accounts/limits.py counts every guess.
Whether a second step must be used is no setting: hub/accounts/second_factor.py says so.
"""

AUTHENTICATION_BACKENDS = ["hub.accounts.backends.NameOrAddressBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# What the NCSC advises: long rather than complicated, none that everybody tries first, none that has to be changed.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    ]
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "hub.accounts.passwords.HardToGuess"})
PASSWORD_RESET_TIMEOUT = 60 * 60  # the link in a mail to choose a new password, in seconds

LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
SESSION_COOKIE_AGE = 12 * 60 * 60  # the longest anybody stays signed in, however busy: hub/accounts/sessions.py
SESSION_IDLE_AGE = 2 * 60 * 60  # and the longest without doing anything
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "hub.accounts.typed.form_too_old"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SIGN_INS_KEPT_DAYS = 365  # how long the log of sign-ins is kept; the database keeps each line 28 days at least

ACCOUNT_ADAPTER = "hub.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "hub.accounts.second_step_forms.PasswordAgainForm"}
ACCOUNT_LOGIN_TIMEOUT = 15 * 60  # from the password to the code
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # after that the password is asked for again before the second step changes
MFA_ADAPTER = "hub.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "hub.accounts.second_step_forms.SetUpAppForm",
    "add_webauthn": "hub.accounts.second_step_forms.AddPasskeyForm",
    "authenticate": "hub.accounts.second_step_forms.CodeForm",
    "authenticate_webauthn": "hub.accounts.second_step_forms.PasskeyForm",
    "edit_webauthn": "hub.accounts.second_step_forms.RenamePasskeyForm",
    "login_webauthn": "hub.accounts.second_step_forms.PasskeyAloneForm",
}
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code is good half a minute before and after its own, once: hub/accounts/codes.py
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, face or PIN, so that a passkey alone is two factors
