"""The screens on which somebody looks after her own way in, and the one where administrators see who came in when."""

from collections import Counter
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import LoginView, LogoutView, PasswordResetConfirmView

from hub.accounts import known_browser, operations, second_factor
from hub.accounts.models import SignIn
from hub.accounts.sessions import places_of
from hub.accounts.sign_in import SignInForm
from hub.partners.people import signed_in
from hub.security_headers import forbid_copies

A_FEW = 20
ON_A_PAGE = 50
START_AGAIN = "Please start with your user name and password. The code has to follow within 15 minutes."


class SignInView(LoginView):
    """Name and password, in Wagtail's own page; then allauth asks for the second step, if there is one."""

    def get_form_class(self) -> type[SignInForm]:
        return SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:
        return sign_in(self.request, form.get_user(), then=self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "second_factor_is_required": second_factor.is_required()}


class SignOutView(LogoutView):
    """Wagtail's. What the editor kept in the browser goes as well; whose browser it is stays known."""

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response


class NewPasswordView(PasswordResetConfirmView):
    """Behind the link in a mail. Whoever could read her mail is no stranger who guesses: this browser is hers now."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        known_browser.remember(self.request, response, form.user)
        return response


def sign_in(request: HttpRequest, user: Any, *, then: str) -> HttpResponse:
    """Signs in whoever has shown that she is `user`, after her second step if she has one, and leads to `then`."""
    return perform_login(request, user, redirect_url=then)


class SecondStepView(AuthenticateView):
    """The code or passkey after the password: only the kinds she has are offered."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        context = super().get_context_data(**kwargs)
        has_app, has_passkey = Authenticator.Type.TOTP in kinds, Authenticator.Type.WEBAUTHN in kinds
        return {**context, "who": user.email or user.get_username(), "has_app": has_app, "has_passkey": has_passkey}


def second_step(request: HttpRequest) -> HttpResponseBase:
    """The second step. Whoever waited too long for it is told why she has to start again."""
    response = SecondStepView.as_view()(request)
    if not request.user.is_authenticated and response.headers.get("Location") == reverse("account_login"):
        messages.warning(request, START_AGAIN)
    return response


class SetUpAppView(ActivateTOTPView):
    """The square to scan, and the same key in groups of four for whoever types it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key = context["form"].secret
        return {**context, "key_in_fours": " ".join(key[at : at + 4] for at in range(0, len(key), 4))}


def set_up(request: HttpRequest) -> HttpResponse:
    """App or passkey? The first screen for whoever has neither."""
    context = {"is_required": second_factor.is_required(), "has_one": second_factor.has_one(request.user)}
    return render(request, "accounts/set_up.html", context)


def overview(request: HttpRequest) -> HttpResponse:
    """Signing in and security: her second step, recovery codes, where she is signed in, her last sign-ins."""
    user = signed_in(request)
    mine = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = next((one.wrap() for one in mine if one.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "app": next((one for one in mine if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in mine if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.get_unused_codes()) if codes else None,
        "is_required": second_factor.is_required(),
        "places": places_of(user, here=request.session.session_key),
        "log": SignIn.objects.filter(user=user).select_related("by")[:A_FEW],
    }
    return forbid_copies(render(request, "accounts/overview.html", context))


@require_POST
@reauthentication_required
def leave_everywhere_else(request: HttpRequest) -> HttpResponse:
    """Signs her out in every other browser. Long after she signed in her password is asked for first."""
    operations.leave_everywhere_else(signed_in(request), here=request.session.session_key)
    messages.success(request, "You are signed out everywhere else.")
    return redirect("mfa_index")


def sign_ins(request: HttpRequest) -> HttpResponse:
    """Who can sign in, how, and who did. For administrators; `person` in the address shows one person's alone."""
    _administrators_only(request)
    who = request.GET.get("person", "")
    person = get_object_or_404(User, pk=who) if who.isdecimal() else None
    log = SignIn.objects.select_related("user", "by").filter(Q(user=person) if person else Q())
    last = Max("sign_ins__at", filter=Q(sign_ins__what__startswith="in-"))
    with_one = set(Authenticator.objects.filter(type__in=second_factor.STEPS).values_list("user_id", flat=True))
    people = User.objects.filter(is_active=True).annotate(last=last).order_by("username")
    called = Counter(one.email.casefold() for one in people if one.email)
    context = {
        "person": person,
        "people": [(one, one.pk in with_one, called[one.email.casefold()] > 1) for one in people],
        "kept_days": settings.SIGN_INS_KEPT_DAYS,
        "page": Paginator(log, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return forbid_copies(render(request, "accounts/sign_ins.html", context))


def forget(request: HttpRequest, user_id: int) -> HttpResponse:
    """Takes away somebody's lost second step, after asking once."""
    _administrators_only(request)
    person = get_object_or_404(User, pk=user_id)
    if not second_factor.may_take_away(signed_in(request), of=person):
        messages.error(request, "You cannot take away your own second step here. Ask another administrator.")
        return redirect("sign_ins")
    if request.method == "POST":
        operations.forget_second_factor(person, by=signed_in(request))
        messages.success(
            request, f"{person.email or person.get_username()} has no second step now, and is signed out everywhere."
        )
        return redirect("sign_ins")
    return forbid_copies(render(request, "accounts/forget.html", {"person": person}))


def _administrators_only(request: HttpRequest) -> None:
    if not signed_in(request).is_superuser:
        raise PermissionDenied
