"""The admin: texts and usual doses of the catalogue, and accounts. Facts cannot be edited.

Django's admin takes no model with a composite key, so facts, prescriptions and share links cannot be registered here.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView

from exercises.models import Exercise, User

# The admin uses our log-in page, so the rate limits apply to it too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")  # type: ignore[assignment]


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    """Exercises cannot be added or deleted: each has a drawing, cues, and rows in plans and records."""

    list_display = ("name", "position", "reps", "effort_seconds", "order")
    readonly_fields = ("slug", "effort", "sides")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class AccountAdmin(UserAdmin):
    ordering = ("email",)
    list_display = ("email", "date_joined", "is_active", "is_staff")
    search_fields = ("email",)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (pgettext_lazy("admin", "Permissions"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            obj.begin(timezone.now().date())
