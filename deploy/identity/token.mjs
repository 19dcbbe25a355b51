#!/usr/bin/env node
// Access tokens for scripts. People log in through the real login page (authorization code with PKCE), without a browser.
//
//   node token.mjs 5305.sekretaris                  prints the access token
//   node token.mjs 5305.sekretaris 5305.ketua       prints {"5305.sekretaris": "...", "5305.ketua": "..."}
//   node token.mjs client:dashboard-53              a system client's token (client credentials)
//
// Options: --issuer URL, --password WORD. Without them: the environment, then the file "env" in the state directory
// (KINERJA_HOME, else .kinerja in the project), names KINERJA_ISSUER, KINERJA_DEMO_PASSWORD, DASHBOARD_CLIENT_SECRET.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const demoRedirect = 'http://127.0.0.1/demo';

const resource = 'urn:kinerja:api';
const scope = 'openid kinerja';

/** Logs an account in; answers the token response: access_token, refresh_token, id_token, expires_in. */
export async function logIn({ issuer, account, password, clientId = 'kinerja-demo', redirectUri = demoRedirect }) {
  const browser = createBrowser(issuer);
  const verifier = randomBytes(32).toString('base64url');
  const authorization = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    resource,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });

  const start = await browser(`/auth?${authorization}`);
  const loginPage = start.headers.get('location');
  if (!loginPage?.startsWith('/login/')) throw new Error(`no login page, but ${start.status} ${loginPage ?? ''}`);
  let answer = await browser(loginPage, { method: 'POST', body: new URLSearchParams({ account, password }) });
  if (answer.status !== 303) throw new Error(`login of ${account} refused (${answer.status}): ${await alertOf(answer)}`);
  while (!answer.headers.get('location')?.startsWith(redirectUri)) {
    if (!answer.headers.has('location')) throw new Error(`login of ${account} ended in ${answer.status}`);
    answer = await browser(answer.headers.get('location'));
  }

  const result = new URL(answer.headers.get('location')).searchParams;
  if (!result.has('code')) throw new Error(`${result.get('error')}: ${result.get('error_description')}`);
  return requestToken(issuer, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: result.get('code'),
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });
}

export function clientToken({ issuer, clientId, clientSecret }) {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return requestToken(issuer, { grant_type: 'client_credentials', scope: 'kinerja', resource },
    { authorization: `Basic ${credentials}` });
}

export async function requestToken(issuer, form, headers = {}) {
  const answer = await fetch(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${body.error}: ${body.error_description}`);
  return body;
}

/** A fetch that keeps cookies and stays where it is led from. */
export function createBrowser(issuer) {
  const cookies = new Map();
  return async (url, options = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(url, issuer), {
      ...options, redirect: 'manual', headers: { ...options.headers, cookie },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return answer;
  };
}

async function alertOf(answer) {
  return /role="alert">([^<]*)</.exec(await answer.text())?.[1] ?? 'no reason given';
}

/** Where the service is and how to log in: from the options, the environment, and the file that deploy/up writes. */
export function settings(options = {}) {
  const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const file = join(resolve(process.env.KINERJA_HOME ?? join(project, '.kinerja')), 'env');
  const written = {};
  try {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [, name, value] = /^(?:export )?(\w+)=(.*)$/.exec(line) ?? [];
      if (name) written[name] = value.replace(/^'(.*)'$/, '$1');
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const setting = (name) => process.env[name] ?? written[name];
  const found = {
    issuer: options.issuer ?? setting('KINERJA_ISSUER'),
    password: options.password ?? setting('KINERJA_DEMO_PASSWORD'),
    dashboardSecret: setting('DASHBOARD_CLIENT_SECRET'),
    apiUrl: setting('KINERJA_API_URL'),
  };
  if (!found.issuer) throw new Error(`no issuer: run deploy/up first, or give --issuer and --password (looked in ${file})`);
  return found;
}

/** The token response of an account, or of a system client by the name client:ID. */
export function tokenFor(name, { issuer, password, dashboardSecret }) {
  return name.startsWith('client:')
    ? clientToken({ issuer, clientId: name.slice('client:'.length), clientSecret: dashboardSecret })
    : logIn({ issuer, account: name, password });
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { issuer: { type: 'string' }, password: { type: 'string' } },
  });
  if (positionals.length === 0) throw new Error('usage: token.mjs [--issuer URL] [--password WORD] ACCOUNT...');
  const from = settings(values);
  const tokens = {};
  const waiting = [...new Set(positionals)];
  const work = async () => {
    while (waiting.length > 0) {
      const name = waiting.shift();
      tokens[name] = (await tokenFor(name, from)).access_token;
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  console.log(positionals.length === 1 ? tokens[positionals[0]] : JSON.stringify(tokens, null, 2));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(`token: ${error.message}`);
    process.exitCode = 1;
  });
}
