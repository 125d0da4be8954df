"""What the log-in page asks."""

from django import forms
from django.utils.translation import gettext_lazy


class LogIn(forms.Form):
    """User name and password. What is wrong is never said more exactly than "one of the two"."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autofocus": True,
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("请填写用户名")},
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("请填写密码")},
    )
