"""Input of the sign-in, and the account form of the back office."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from wagtail.log_actions import log

from akademie.accounts.actions.account import move_to
from akademie.accounts.actions.notices import tell
from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, Trap


class SignInForm(forms.Form):
    """An address to send a link to."""

    email = MailField(help_text="Wir schicken Ihnen einen Link und einen Code. Ein Passwort brauchen Sie nicht.")
    website = Trap(hasty=True)  # a password manager fills this in and sends it at once


class MailCodeForm(forms.Form):
    """The code of a mail, for the browser that has asked for it."""

    code = LineField(
        label="Code aus der Mail",
        max_length=20,
        help_text="Acht Ziffern. Leerzeichen sind gleichgültig.",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": "Bitte geben Sie den Code aus der Mail ein.",
            "max_length": "Der Code hat acht Ziffern. Bitte geben Sie nur ihn ein.",
        },
    )


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
    website = Trap(hasty=True)  # a password manager fills this in and sends it at once


class SecondFactorForm(forms.Form):
    """A code of the app, or one from paper."""

    code = LineField(
        label="Code aus der App oder Notfallcode",
        max_length=60,
        help_text="Sechs Ziffern aus der App. Ist sie nicht da, nehmen Sie einen Notfallcode von Ihrem Ausdruck.",
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={
            "required": "Bitte geben Sie einen Code ein.",
            "max_length": "Bitte geben Sie nur einen Code ein.",
        },
    )


class AppForm(forms.Form):
    """The first code of an app that has just read the picture."""

    secret = forms.CharField(max_length=500, widget=forms.HiddenInput)
    code = LineField(
        label="Code aus der App",
        max_length=20,
        help_text="Sechs Ziffern. Die App zeigt alle 30 Sekunden neue.",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": "Bitte geben Sie den Code ein, den die App zeigt.",
            "max_length": "Der Code hat sechs Ziffern. Bitte geben Sie nur ihn ein.",
        },
    )


class PasskeyForm(forms.Form):
    """What a person calls a new passkey."""

    name = LineField(
        label="Name des Passkeys",
        max_length=60,
        help_text="Damit Sie ihn wiedererkennen, zum Beispiel: Rechner im Rathaus",
        error_messages={
            "required": "Bitte geben Sie dem Passkey einen Namen.",
            "max_length": "Bitte kürzen Sie den Namen auf 60 Zeichen.",
        },
    )


class NameForm(forms.ModelForm):
    """What the academy calls a person."""

    first_name = LineField(
        label="Vorname", max_length=80, required=False, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = LineField(
        label="Nachname", max_length=80, required=False, widget=forms.TextInput({"autocomplete": "family-name"})
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name"]


class AddressForm(forms.Form):
    """A new address for an account."""

    email = MailField(
        label="Ihre neue E-Mail-Adresse",
        help_text="Wir schicken einen Link dorthin. Bis Sie ihn bestätigen, gilt die bisherige Adresse.",
    )


class PasswordForm(forms.Form):
    """A password for an account that wants one."""

    email = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "username"}))
    password = forms.CharField(
        label="Neues Passwort",
        max_length=128,
        strip=False,
        help_text="Mindestens 12 Zeichen. Mehrere Wörter hintereinander merken sich leicht.",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Bitte geben Sie ein Passwort ein.", "max_length": "Höchstens 128 Zeichen."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial["email"] = user.email  # for password keepers

    def clean_password(self) -> str:
        """Refuse what is guessed easily."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class PasswordSignInForm(forms.Form):
    """An address and its password, for those who have set one."""

    email = MailField()
    password = forms.CharField(
        label="Passwort",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Bitte geben Sie Ihr Passwort ein.", "max_length": "Höchstens 128 Zeichen."},
    )
    website = Trap(hasty=True)  # a password manager fills this in and sends it at once


class AccountCreationForm(forms.ModelForm):
    """A new person in the back office: no password, the person signs in by a link."""

    email = MailField(label="E-Mail-Adresse")  # in small letters before it is compared with what there is

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "role"]

    def clean_email(self) -> str:
        """Refuse an address that has an account."""
        email: str = self.cleaned_data["email"]
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

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Save, and note who got another role or was let in or out; Wagtail's log knows who is at work."""
        if "email" in self.changed_data:
            before = User.objects.select_for_update().get(pk=self.instance.pk)
            tell(before, f"Die Geschäftsstelle hat Ihre E-Mail-Adresse auf {self.instance.email} geändert.")
            move_to(before, self.instance.email)
            self.instance.link_word = before.link_word
        user = super().save(commit)
        if "role" in self.changed_data:
            log(instance=user, action="accounts.role", data={"role": user.get_role_display()})
        if "is_active" in self.changed_data:
            log(instance=user, action="accounts.unblock" if user.is_active else "accounts.block")
        return user
