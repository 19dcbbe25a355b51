// An OpenID client library as an integrator uses it, against a running service: authorization code with PKCE through the
// real login page in a real browser, refresh with rotation, revocation, client credentials, and a call with each token.
// Settings from deploy/up's file "env"; the browser is the one at CHROMIUM.
import * as openid from 'openid-client';
import { chromium } from 'playwright-core';

const {
  KINERJA_API_URL: api, KINERJA_ISSUER: issuer, KINERJA_DEMO_PASSWORD: password, DASHBOARD_CLIENT_SECRET: secret, CHROMIUM,
} = process.env;
const account = '53.verifikator';
const redirect = 'http://127.0.0.1/demo';
const resource = 'urn:kinerja:api';
const insecure = { execute: [openid.allowInsecureRequests] }; // The demo's issuer is on this machine, without TLS.

let passed = 0;
let failed = 0;
const check = (name, holds, seen) => {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`${holds ? 'ok' : 'not ok'} - ${name}${holds ? '' : `: ${seen}`}`);
};
const call = async (token, path) => {
  const answer = await fetch(api + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() };
};
const refused = async (name, promise, code) => {
  const seen = await promise.then(() => 'it was not refused', (error) => error.error ?? error.cause?.[0]?.parameters?.error ?? error.message);
  check(name, seen === code, seen);
};

try {
  await person();
  await system();
} catch (error) {
  check('the client can be driven to its end', false, `${error.message} ${error.cause?.message ?? ''}`);
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;

async function person() {
  const client = await openid.discovery(new URL(issuer), 'kinerja-demo', undefined, openid.None(), insecure);
  check('the issuer is discovered, and offers PKCE', client.serverMetadata().supportsPKCE(), 'no S256');
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const callback = await throughTheLoginPage(openid.buildAuthorizationUrl(client, {
    redirect_uri: redirect,
    scope: 'openid profile kinerja',
    resource,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }));
  const tokens = await openid.authorizationCodeGrant(
    client, callback, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
  check('the library accepts the identity token', tokens.claims().sub === account, JSON.stringify(tokens.claims()));

  const me = await call(tokens.access_token, '/v1/me');
  check('the first call is made as the person who logged in', me.status === 200 && me.body.subject === account, JSON.stringify(me));
  const children = await call(tokens.access_token, '/v1/satker/53/capaian/children?year=2024&level=sekretaris');
  check('the person reads what the post may read', children.status === 200 && children.body.children?.length > 0, JSON.stringify(children).slice(0, 200));

  const second = await openid.refreshTokenGrant(client, tokens.refresh_token);
  check('a refresh gives another refresh token', second.refresh_token && second.refresh_token !== tokens.refresh_token, 'the same');
  check('the refreshed token calls', (await call(second.access_token, '/v1/me')).status === 200, 'refused');
  await refused('a used refresh token is refused', openid.refreshTokenGrant(client, tokens.refresh_token), 'invalid_grant');
  await refused('and ends its family', openid.refreshTokenGrant(client, second.refresh_token), 'invalid_grant');
}

async function system() {
  const client = await openid.discovery(new URL(issuer), 'dashboard-53', secret, openid.ClientSecretBasic(secret), insecure);
  const { access_token: token } = await openid.clientCredentialsGrant(client, { scope: 'kinerja', resource });
  const me = await call(token, '/v1/me');
  check('a system calls as its client', me.body.subject === 'client:dashboard-53', JSON.stringify(me));
  check('and holds the post of a system in its own office', me.body.posts?.map((held) => held.post).join() === '53.sistem', JSON.stringify(me));
  check('it reads its subtree', (await call(token, '/v1/satker/5305/capaian?year=2024')).status === 200, 'refused');
  const foreign = await call(token, '/v1/satker/52/capaian?year=2024');
  check('and nothing beside it', foreign.status === 404 && foreign.body.code === 'not-found', JSON.stringify(foreign));

  const unused = (await openid.clientCredentialsGrant(client, { scope: 'kinerja', resource })).access_token;
  await openid.tokenRevocation(client, unused);
  const revoked = await call(unused, '/v1/me');
  check('a revoked token is refused with its reason',
    revoked.status === 401 && revoked.challenge.includes('error="invalid_token"'), JSON.stringify(revoked));
  check('and the other one goes on', (await call(token, '/v1/me')).status === 200, 'refused');

  const stranger = await openid.discovery(new URL(issuer), 'dashboard-53', 'wrong', openid.ClientSecretBasic('wrong'), insecure);
  await refused('a wrong secret gets no token',
    openid.clientCredentialsGrant(stranger, { scope: 'kinerja', resource }), 'invalid_client');
}

/** Fills the login page in; answers the address the browser is sent back to. */
async function throughTheLoginPage(url) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await browser.newPage();
    const returned = new Promise((resolve) => {
      page.route(`${redirect}?**`, (route) => {
        resolve(new URL(route.request().url()));
        return route.fulfill({ body: 'back' });
      });
    });
    await page.goto(url.href);
    await page.fill('input[autocomplete=username]', account);
    await page.fill('input[type=password]', password);
    await page.click('button');
    return await Promise.race([
      returned,
      page.waitForSelector('[role=alert]', { timeout: 30_000 }).then(async (alert) => {
        throw new Error(`the login was refused: ${await alert.textContent()}`);
      }),
    ]);
  } finally {
    await browser.close();
  }
}
