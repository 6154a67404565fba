// Passkeys: a form with data-ak-passkey asks the server for a challenge, the device for its answer, and sends that.
(() => {
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
  const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  const listed = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }))

  // What the device says, as the server reads it: bytes as base64url.
  const answer = (credential) => {
    const { response } = credential
    const parts = { clientDataJSON: toText(response.clientDataJSON) }
    for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (response[name]) parts[name] = toText(response[name])
    }
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response: parts,
      clientExtensionResults: credential.getClientExtensionResults()
    }
  }

  const ask = async (form) => {
    const data = new FormData(form)
    data.set('challenge', '1')
    const reply = await fetch(form.action, { method: 'POST', body: data, headers: { Accept: 'application/json' } })
    if (!reply.ok || !reply.headers.get('Content-Type').startsWith('application/json')) throw new Error('no challenge')
    const { publicKey } = await reply.json()
    publicKey.challenge = toBytes(publicKey.challenge)
    if (publicKey.user) {
      publicKey.user.id = toBytes(publicKey.user.id)
      publicKey.excludeCredentials = listed(publicKey.excludeCredentials)
      return navigator.credentials.create({ publicKey })
    }
    publicKey.allowCredentials = listed(publicKey.allowCredentials)
    return navigator.credentials.get({ publicKey })
  }

  for (const form of document.querySelectorAll('form[data-ak-passkey]')) {
    form.querySelector('[data-ak-no-script]').hidden = true
    const failed = form.querySelector('[data-ak-failed]')
    if (!window.PublicKeyCredential) {
      form.querySelector('[data-ak-impossible]').hidden = false
      continue
    }
    form.querySelector('[data-ak-start]').hidden = false
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      if (!form.reportValidity()) return
      failed.hidden = true
      try {
        form.elements.passkey.value = JSON.stringify(answer(await ask(form)))
        form.submit()
      } catch {
        failed.hidden = false
      }
    })
  }
})()
