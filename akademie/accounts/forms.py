"""Input of the sign-in, and the account form of the back office."""

from typing import Any

from django import forms

from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, Trap


class SignInForm(forms.Form):
    """An address to send a link to."""

    email = MailField(help_text="Wir schicken Ihnen einen Link. Ein Passwort brauchen Sie nicht.")
    website = Trap()


class RecoveryCodeForm(forms.Form):
    """An address and one of its codes on paper."""

    email = MailField()
    code = LineField(
        label="Notfallcode",
        max_length=60,
        help_text="Vier mal vier Zeichen von Ihrem Ausdruck. Groß oder klein und die Striche sind gleichgültig.",
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={
            "required": "Bitte geben Sie einen Code von Ihrem Ausdruck ein.",
            "max_length": "Ein Notfallcode hat 16 Zeichen. Bitte geben Sie nur einen ein.",
        },
    )
    website = Trap()


class AccountCreationForm(forms.ModelForm):
    """A new person in the back office: no password, the person signs in by a link."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "role"]

    def clean_email(self) -> str:
        """Return the address in lower case, as accounts keep it; refuse one that has an account."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Zu dieser Adresse gibt es schon ein Konto.")
        return email

    def save(self, commit: bool = True) -> User:
        """Save a new person without a password."""
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(AccountCreationForm):
    """A person in the back office. Nobody takes away their own role or access, so that one Leitung is always left."""

    class Meta(AccountCreationForm.Meta):
        fields = ["email", "first_name", "last_name", "role", "is_active"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            for name in ("role", "is_active"):
                del self.fields[name]
