"""Every address of the site, by room."""

from django.conf import settings
from django.urls import include, path

from core.accounts import passkeys
from core.accounts.views import confirm_address
from trace_site import language, staff, well_known

urlpatterns = [
    path("", include("diagnostics.answering.urls")),  # first: most requests are one answer to be saved
    path("site/", staff.page, name="staff"),
    path("site/again/<str:kind>/", staff.again, name="all_again"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("language/", language.choose, name="language"),
    path("accounts/confirm-email/<str:key>/", confirm_address, name="account_confirm_email"),  # in place of allauth's
    path("accounts/2fa/authenticate/", passkeys.second_step, name="mfa_authenticate"),
    path("accounts/2fa/webauthn/", passkeys.all_of_them, name="mfa_list_webauthn"),
    path("accounts/2fa/webauthn/login/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("accounts/2fa/webauthn/reauthenticate/", passkeys.reauthenticate, name="mfa_reauthenticate_webauthn"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("accounts/", include("core.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("jobs/", include("core.jobs.urls")),
    path("post/", include("core.post.bounces.urls")),
    path("workspaces/", include("spaces.urls")),
    path("self-assessments/", include("diagnostics.self_assessments.urls")),
    path("surveys/", include("diagnostics.surveys.urls")),
    path("checklists/", include("diagnostics.builder.urls")),
    path("reports/", include("reports.urls")),
    path("", include("reports.pages.guide.urls")),
]

if settings.DEBUG:
    urlpatterns += [
        path("outbox/", include("core.post.outbox_urls")),
        path("ui/", include("reports.pages.gallery.urls")),
    ]

handler400 = "trace_site.errors.bad_request"
handler403 = "trace_site.errors.forbidden"
handler404 = "trace_site.errors.not_found"
handler500 = "trace_site.errors.server_error"
