"""Data of one person in accounts, for the round trip of tests/test_privacy.py."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from akademie.accounts.models import AddressChange, FormerAddress, RecoveryCode, User


def leave_traces(person: User, token: str) -> list[str]:
    """Have one of each way in. Return what the archive must show."""
    RecoveryCode.objects.create(user=person, digest=f"{token}-digest")
    Authenticator.objects.create(user=person, type="webauthn", data={"name": f"{token}-passkey", "credential": {}})
    SocialAccount.objects.create(user=person, provider="openid_connect", uid=f"{token}-sub")
    AddressChange.objects.create(user=person, email=f"{token}-neu@stadt.example")
    FormerAddress.objects.create(user=person, email=f"{token}-alt@stadt.example")
    UserSession.objects.create(user=person, session_key=token, ip="0.0.0.0", user_agent=f"{token}-browser")
    made = [
        f"{token}-passkey",
        f"{token}-sub",
        f"{token}-neu@stadt.example",
        f"{token}-browser",
        f"{token}-alt@stadt.example",
    ]
    return [f"<td>{text}</td>" for text in (person.email, person.last_name, *made)]
