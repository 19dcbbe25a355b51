import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { clientToken, createBrowser, demoRedirect, logIn, requestToken } from '../token.mjs';
import { thumbprint } from '../keys.mjs';
import { apiSecret, apiUrl, createWorld, dashboardSecret, password } from './world.mjs';

let world;
before(async () => { world = await createWorld(); });
after(async () => {
  const { code, output } = await world.close();
  assert.equal(code, 0, 'SIGTERM ends the server in order');
  assert.doesNotMatch(output.replace(/^.*Use Node\.js v22.*$/m, ''), /warn|error/i);
});

const basic = (id, secret) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const post = (path, form, headers) =>
  fetch(world.issuer + path, { method: 'POST', body: new URLSearchParams(form), headers });
const introspect = async (token) =>
  (await post('/token/introspection', { token }, basic('kinerja-api', apiSecret))).json();
const refresh = (token) =>
  requestToken(world.issuer, { grant_type: 'refresh_token', client_id: 'kinerja-demo', refresh_token: token });
const authorization = (overrides = {}) => `/auth?${new URLSearchParams({
  client_id: 'kinerja-demo',
  response_type: 'code',
  redirect_uri: demoRedirect,
  scope: 'openid kinerja',
  code_challenge: createHash('sha256').update('x'.repeat(43)).digest('base64url'),
  code_challenge_method: 'S256',
  ...overrides,
})}`;
const login = (account, word = password) => logIn({ issuer: world.issuer, account, password: word });

async function openLogin() {
  const browser = createBrowser(world.issuer);
  const start = await browser(authorization());
  return { browser, page: start.headers.get('location') };
}

async function attempt(account, word) {
  const { browser, page } = await openLogin();
  return browser(page, { method: 'POST', body: new URLSearchParams({ account, password: word }) });
}

test('A person logs in and the API learns who it is', async () => {
  const answer = await introspect((await login('budi')).access_token);
  assert.equal(answer.active, true);
  assert.equal(answer.sub, 'budi');
  assert.equal(answer.client_id, 'kinerja-demo');
  assert.equal(answer.aud, 'urn:kinerja:api');
  assert.equal(answer.scope, 'kinerja');
  assert.equal(answer.iss, world.issuer);
  assert.ok(answer.exp > Date.now() / 1000 && answer.exp <= Date.now() / 1000 + 300);
});

test('A system client gets a token without a person', async () => {
  const { access_token: token } = await clientToken(
    { issuer: world.issuer, clientId: 'dashboard-53', clientSecret: dashboardSecret });
  const answer = await introspect(token);
  assert.equal(answer.active, true);
  assert.equal(answer.client_id, 'dashboard-53');
  assert.equal(answer.aud, 'urn:kinerja:api');
  assert.equal(answer.scope, 'kinerja');
  assert.equal(answer.sub, undefined);
});

test('A wrong password and an unknown account get the same answer', async () => {
  const known = await attempt('citra', 'salah');
  const unknown = await attempt('tidak-ada', 'salah');
  assert.equal(known.status, 401);
  assert.equal(unknown.status, 401);
  const normal = async (answer) => (await answer.text()).replace(/\/login\/[\w-]+|value="[^"]*"/g, '');
  const text = await normal(known);
  assert.equal(text, await normal(unknown));
  assert.match(text, /role="alert">Akun atau kata sandi salah/);
});

test('Five failures lock an account, even against the right password and against parallel guesses', async () => {
  const guesses = await Promise.all(Array.from({ length: 12 }, () => attempt('dewi', 'salah')));
  const statuses = guesses.map((guess) => guess.status);
  assert.equal(statuses.filter((status) => status === 401).length, 5);
  assert.equal(statuses.filter((status) => status === 429).length, 7);
  assert.equal((await attempt('dewi', password)).status, 429);
  assert.equal((await attempt('budi', password)).status, 303);
});

test('A lock says how long, and an account that does not exist locks alike', async () => {
  const locked = async (account) => {
    for (let n = 0; n < 5; n += 1) await attempt(account, 'salah');
    return attempt(account, 'salah');
  };
  for (const answer of [await locked('gita'), await locked('juga-tidak-ada')]) {
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('retry-after'), '900');
    assert.match(await answer.text(), /role="alert">Terlalu banyak percobaan yang gagal. Coba lagi setelah 15 menit/);
  }
});

test('A lock ends after 15 minutes', async () => {
  for (let n = 0; n < 5; n += 1) await attempt('eka', 'salah');
  assert.equal((await attempt('eka', password)).status, 429);
  const database = new pg.Client(world.databaseUrl);
  await database.connect();
  await database.query(`update identity.failed_login set locked_until = locked_until - interval '15 minutes',
    since = since - interval '15 minutes' where account = 'eka'`);
  await database.end();
  assert.equal((await attempt('eka', password)).status, 303);
});

test('The login page is accessible, in the reader\'s language, and carries no script', async () => {
  const { browser, page } = await openLogin();
  const answer = await browser(page);
  const html = await answer.text();
  assert.equal(answer.status, 200);
  assert.match(html, /<html lang="id">/);
  for (const field of ['account', 'password']) {
    assert.match(html, new RegExp(`<label for="${field}">`));
    assert.match(html, new RegExp(`<input id="${field}"`));
  }
  assert.doesNotMatch(html, /<script/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('x-frame-options'), 'DENY');
  const policy = answer.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /script-src/);
  const english = await browser(page, { headers: { 'accept-language': 'en-GB,en;q=0.9,id;q=0.1' } });
  assert.match(await english.text(), /<html lang="en">[^]*Password/);
});

test('A client that asks for consent gets on without a second page', async () => {
  const browser = createBrowser(world.issuer);
  const start = await browser(authorization({ prompt: 'consent' }));
  let answer = await browser(start.headers.get('location'),
    { method: 'POST', body: new URLSearchParams({ account: 'budi', password }) });
  for (let hops = 0; hops < 5 && !answer.headers.get('location').startsWith(demoRedirect); hops += 1) {
    answer = await browser(answer.headers.get('location'));
  }
  assert.ok(new URL(answer.headers.get('location')).searchParams.has('code'));
});

test('What was typed comes back escaped', async () => {
  const html = await (await attempt('"><script>alert(1)</script>', 'salah')).text();
  assert.doesNotMatch(html, /<script/);
});

test('A login page cannot be used without the cookie of its browser', async () => {
  const { page } = await openLogin();
  const answer = await post(page, { account: 'budi', password });
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /role="alert"/);
});

test('PKCE with S256 is required', async () => {
  const browser = createBrowser(world.issuer);
  for (const wrong of [{ code_challenge: '', code_challenge_method: '' }, { code_challenge_method: 'plain' }]) {
    const answer = await browser(authorization(wrong));
    assert.equal(new URL(answer.headers.get('location')).searchParams.get('error'), 'invalid_request');
  }
});

test('An address that is not registered is never redirected to', async () => {
  const answer = await createBrowser(world.issuer)(authorization({ redirect_uri: 'http://127.0.0.1/elsewhere' }));
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get('location'), null);
  assert.match(await answer.text(), /invalid_redirect_uri/);
});

test('A refresh token works once; using it again ends the grant', async () => {
  const first = await login('budi');
  const second = await refresh(first.refresh_token);
  assert.equal((await introspect(second.access_token)).active, true);
  await assert.rejects(refresh(first.refresh_token), /invalid_grant/);
  assert.equal((await introspect(second.access_token)).active, false);
  await assert.rejects(refresh(second.refresh_token), /invalid_grant/);
});

test('A code works once; using it again ends what it gave', async () => {
  const { browser, page } = await openLogin();
  let answer = await browser(page, { method: 'POST', body: new URLSearchParams({ account: 'budi', password }) });
  while (!answer.headers.get('location').startsWith(demoRedirect)) answer = await browser(answer.headers.get('location'));
  const form = {
    grant_type: 'authorization_code',
    client_id: 'kinerja-demo',
    code: new URL(answer.headers.get('location')).searchParams.get('code'),
    redirect_uri: demoRedirect,
  };
  await assert.rejects(requestToken(world.issuer, { ...form, code_verifier: 'y'.repeat(43) }), /invalid_grant/);
  const { access_token: token } = await requestToken(world.issuer, { ...form, code_verifier: 'x'.repeat(43) });
  assert.equal((await introspect(token)).active, true);
  await assert.rejects(requestToken(world.issuer, { ...form, code_verifier: 'x'.repeat(43) }), /invalid_grant/);
  assert.equal((await introspect(token)).active, false);
});

test('Revoking a refresh token ends its whole family', async () => {
  const first = await login('budi');
  const second = await refresh(first.refresh_token);
  await post('/token/revocation', { token: second.refresh_token, client_id: 'kinerja-demo' });
  await assert.rejects(refresh(second.refresh_token), /invalid_grant/);
  assert.equal((await introspect(second.access_token)).active, false);
});

test('A system client with a wrong secret gets nothing, and neither does one nobody knows', async () => {
  for (const [clientId, clientSecret] of [['dashboard-53', 'wrong'], ['dashboard-99', dashboardSecret]]) {
    await assert.rejects(clientToken({ issuer: world.issuer, clientId, clientSecret }), /invalid_client/);
  }
});

test('Of two who use one refresh token at once at most one wins', async () => {
  const { refresh_token: token } = await login('budi');
  const results = await Promise.allSettled([refresh(token), refresh(token), refresh(token)]);
  assert.ok(results.filter((result) => result.status === 'fulfilled').length <= 1);
});

test('A revoked token is inactive', async () => {
  const { access_token: token } = await login('budi');
  assert.equal((await introspect(token)).active, true);
  const answer = await post('/token/revocation', { token, client_id: 'kinerja-demo' });
  assert.equal(answer.status, 200);
  assert.deepEqual(await introspect(token), { active: false });
});

test('Only the API may ask about tokens', async () => {
  const { access_token: token } = await login('budi');
  const dashboard = await post('/token/introspection', { token }, basic('dashboard-53', dashboardSecret));
  assert.deepEqual(await dashboard.json(), { active: false });
  const open = await post('/token/introspection', { token, client_id: 'kinerja-demo' });
  assert.deepEqual(await open.json(), { active: false });
  const wrongSecret = await post('/token/introspection', { token }, basic('kinerja-api', 'wrong'));
  assert.equal(wrongSecret.status, 401);
  assert.equal((await introspect(token)).active, true);
});

test('The API itself gets no tokens, and other resources do not exist', async () => {
  await assert.rejects(
    clientToken({ issuer: world.issuer, clientId: 'kinerja-api', clientSecret: apiSecret }), /not allowed for this client/);
  const answer = await post('/token', { grant_type: 'client_credentials', resource: 'urn:other' },
    basic('dashboard-53', dashboardSecret));
  assert.equal((await answer.json()).error, 'invalid_target');
});

test('Swagger UI may fetch tokens from the API\'s origin, and from no other', async () => {
  const form = { grant_type: 'authorization_code', client_id: 'kinerja-docs', code: 'x' };
  const own = await post('/token', form, { origin: apiUrl });
  assert.equal(own.headers.get('access-control-allow-origin'), apiUrl);
  const other = await post('/token', form, { origin: 'http://127.0.0.1:1' });
  assert.equal(other.headers.get('access-control-allow-origin'), null);
});

test('Logging out ends the session and its tokens', async () => {
  const { browser, page } = await openLogin();
  let answer = await browser(page, { method: 'POST', body: new URLSearchParams({ account: 'fajar', password }) });
  while (!answer.headers.get('location').startsWith(demoRedirect)) answer = await browser(answer.headers.get('location'));
  const token = await requestToken(world.issuer, {
    grant_type: 'authorization_code',
    client_id: 'kinerja-demo',
    code: new URL(answer.headers.get('location')).searchParams.get('code'),
    code_verifier: 'x'.repeat(43),
    redirect_uri: demoRedirect,
  });
  assert.equal((await introspect(token.access_token)).active, true);

  const question = await browser(`/session/end?${new URLSearchParams({ id_token_hint: token.id_token })}`);
  const html = await question.text();
  assert.match(html, /Apakah Anda ingin keluar/);
  assert.equal(question.headers.get('x-frame-options'), 'DENY');
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)[1];
  const done = await browser('/session/end/confirm', { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  assert.match(await (await browser(done.headers.get('location'))).text(), /Anda sudah keluar/);
  assert.equal((await introspect(token.access_token)).active, false);
});

test('Discovery and keys are published; a key is named by its thumbprint', async () => {
  const discovery = await (await fetch(`${world.issuer}/.well-known/openid-configuration`)).json();
  assert.equal(discovery.issuer, world.issuer);
  assert.deepEqual(discovery.code_challenge_methods_supported, ['S256']);
  const { keys } = await (await fetch(discovery.jwks_uri)).json();
  assert.equal(keys[0].kid, thumbprint(keys[0]));
  assert.equal(keys[0].d, undefined);
});

test('Tokens, sessions and keys outlive a restart', async () => {
  const keysOf = async () => (await fetch(`${world.issuer}/jwks`)).text();
  const keys = await keysOf();
  const { access_token: token } = await login('budi');
  await world.restart();
  assert.equal((await introspect(token)).active, true);
  assert.equal(await keysOf(), keys);
});

test('Production refuses demo accounts', async () => {
  for (const production of [{ NODE_ENV: 'production' }, { KINERJA_ENVIRONMENT: 'Production' }]) {
    const { code, output } = await world.run(production);
    assert.equal(code, 1);
    assert.match(output, /Demo accounts are refused in production/);
  }
});

test('A missing setting is named', async () => {
  const { code, output } = await world.run({ CLIENTS_FILE: '' });
  assert.equal(code, 1);
  assert.match(output, /CLIENTS_FILE is not set/);
});

test('Garbage is answered, not stumbled over', async () => {
  const browser = createBrowser(world.issuer);
  const nothing = randomBytes(8).toString('hex');
  assert.equal((await browser(`/login/${nothing}`)).status, 400);
  assert.equal((await browser(`/${nothing}`)).status, 404);
  const { browser: second, page } = await openLogin();
  const long = await second(page, { method: 'POST', body: new URLSearchParams({ account: 'a'.repeat(5000) }) });
  assert.equal(long.status, 413);
});
