"""Input of the sign-in, and the account form of the back office."""

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from akademie.accounts.models import User
from akademie.core.forms import Trap


class SignInForm(forms.Form):
    """An address to send a link to."""

    email = forms.EmailField(
        label="Ihre E-Mail-Adresse",
        max_length=254,
        help_text="Wir schicken Ihnen einen Link. Ein Passwort brauchen Sie nicht.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
            "invalid": "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de",
        },
    )
    website = Trap()

    def clean_email(self) -> str:
        """Return the address in lower case."""
        return self.cleaned_data["email"].lower()


class AccountEditForm(UserEditForm):
    """Wagtail's form for a person, with the role instead of groups and superuser."""

    class Meta(UserEditForm.Meta):
        model = User
        fields = {"email", "first_name", "last_name", "role", "is_active"}


class AccountCreationForm(UserCreationForm):
    """Wagtail's form for a new person: no password, the link comes by mail."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = {"email", "first_name", "last_name", "role"}
