// Every page a person sees: login, logout, errors. In Indonesian, or in English for a browser that prefers it.

const words = {
  id: {
    login: 'Masuk', account: 'Akun', password: 'Kata sandi', logout: 'Keluar', failed: 'Permintaan tidak dapat diproses',
    wrong: 'Akun atau kata sandi salah.',
    locked: 'Terlalu banyak percobaan yang gagal. Coba lagi setelah 15 menit.',
    expired: 'Halaman masuk ini sudah tidak berlaku. Mulailah lagi dari aplikasi.',
    askLogout: 'Apakah Anda ingin keluar?', stay: 'Tetap masuk', loggedOut: 'Anda sudah keluar.',
  },
  en: {
    login: 'Log in', account: 'Account', password: 'Password', logout: 'Log out', failed: 'The request cannot be processed',
    wrong: 'The account or the password is wrong.',
    locked: 'Too many failed attempts. Try again after 15 minutes.',
    expired: 'This login page is no longer valid. Start again from the application.',
    askLogout: 'Do you want to log out?', stay: 'Stay logged in', loggedOut: 'You are logged out.',
  },
};

const style = `
  :root { color-scheme: light dark; --brand: #8a1c1c; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif; }
  main { width: min(22rem, 100vw - 3rem); padding: 1.5rem 0; }
  h1 { font-size: 1.5rem; margin: 0 0 1rem; }
  h1 small { display: block; font-size: .9rem; font-weight: normal; }
  label { display: block; margin-top: 1rem; font-weight: 600; }
  input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit;
    border: 1px solid #767676; border-radius: .375rem; }
  button { margin-top: 1.25rem; border-color: var(--brand); background: var(--brand); color: #fff; font-weight: 600; }
  button.quiet { background: none; color: inherit; }
  :focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
  [role=alert] { margin: 0; padding: .75rem; border-left: 4px solid #b00020; background: #b0002018; }`;

export function languageOf(request) {
  const preferred = (request.headers['accept-language'] ?? '').split(',')
    .map((part) => {
      const [tag, quality] = part.trim().toLowerCase().split(/;\s*q=/);
      return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag in words && quality > 0)
    .sort((one, other) => other.quality - one.quality);
  return preferred[0]?.tag ?? 'id';
}

export function loginPage(language, action, { problem, account = '' } = {}) {
  const text = words[language];
  const alert = problem ? `<p role="alert">${text[problem]}</p>` : '';
  return page(language, text.login, `${alert}
    <form method="post" action="${escape(action)}">
      <label for="account">${text.account}</label>
      <input id="account" name="account" value="${escape(account)}" autocomplete="username" autocapitalize="none"
        spellcheck="false" maxlength="64" required${account ? '' : ' autofocus'}>
      <label for="password">${text.password}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" maxlength="256"
        required${account ? ' autofocus' : ''}>
      <button>${text.login}</button>
    </form>`);
}

export function expiredPage(language) {
  return page(language, words[language].login, `<p role="alert">${words[language].expired}</p>`);
}

export function errorPage(language, { error, error_description: description }) {
  const detail = [error, description].filter(Boolean).map(escape).join(': ');
  return page(language, words[language].failed, `<p role="alert">${detail}</p>`);
}

export function logoutPage(language, form) {
  const text = words[language];
  return page(language, text.logout, `<p>${text.askLogout}</p>${form}
    <button form="op.logoutForm" name="logout" value="yes">${text.logout}</button>
    <button class="quiet" form="op.logoutForm">${text.stay}</button>`);
}

export function loggedOutPage(language) {
  return page(language, words[language].logout, `<p>${words[language].loggedOut}</p>`);
}

/** No script, no frame, no cache; forms post here, and may then be led on to the application. */
export function pageHeaders(language, applicationOrigin = '') {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; " +
      `frame-ancestors 'none'; form-action 'self' ${applicationOrigin}`.trim(),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    vary: 'accept-language',
  };
}

function page(language, title, body) {
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Kinerja KPU</title>
  <style>${style}</style>
</head>
<body>
  <main>
    <h1>${title} <small>Kinerja KPU</small></h1>
    ${body}
  </main>
</body>
</html>
`;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
