// A client of the API for scripts: real tokens, safe retries, and problems shown whole.
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { tokenFor } from '../identity/token.mjs';

const mostTries = 5;

/** What the API refused, with everything it said. */
export class ApiProblem extends Error {
  constructor(request, status, problem) {
    const errors = (problem.errors ?? []).map((error) => `\n  ${error.pointer || '(body)'}: ${error.code}: ${error.detail}`);
    super(`${request} was answered ${status} ${problem.code ?? ''}: ${problem.detail ?? ''}${errors.join('')}`);
    this.status = status;
    this.code = problem.code;
  }
}

/** The API as seen by any account: connect(settings).as('5305.sekretaris').get('/v1/me'). */
export function connect(settings) {
  const tokens = new Map();

  // One login an account, again shortly before its token ends; those who ask meanwhile wait for the same login.
  function token(account) {
    const held = tokens.get(account);
    if (held && Date.now() < held.until) return held.token;
    const login = { until: Infinity, token: undefined };
    login.token = tokenFor(account, settings).then((response) => {
      login.until = Date.now() + (response.expires_in - 30) * 1000;
      return response.access_token;
    });
    login.token.catch(() => tokens.delete(account));
    tokens.set(account, login);
    return login.token;
  }

  async function send(account, method, path, { body, headers = {} } = {}) {
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(settings.apiUrl + path, {
        method,
        headers: {
          ...headers,
          ...(account && { authorization: `Bearer ${await token(account)}` }),
          ...(body && { 'content-type': 'application/json' }),
          'accept-language': 'en',
        },
        body: body && JSON.stringify(body),
      });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) return { body: said, etag: answer.headers.get('etag') };
      if (tries === mostTries || !isPassing(answer.status, said.code)) {
        throw new ApiProblem(`${account ?? 'nobody'}: ${method} ${path}`, answer.status, said);
      }
      if (answer.status === 401) tokens.delete(account);
      await pause(Number(answer.headers.get('retry-after') ?? 0) * 1000);
    }
  }

  return {
    as: (account) => ({
      get: (path) => send(account, 'GET', path),
      /** Every row of a list, over all its pages. */
      async list(path) {
        const rows = [];
        let pageToken = '';
        do {
          const separator = path.includes('?') ? '&' : '?';
          const { body } = await send(account, 'GET', `${path}${separator}pageSize=500${pageToken && `&pageToken=${pageToken}`}`);
          rows.push(...body.items);
          pageToken = body.nextPageToken;
        } while (pageToken);
        return rows;
      },
      /** A change of what is there, of the version that was seen. */
      put: (path, body, { etag }) => send(account, 'PUT', path, { body, headers: { 'if-match': etag } }),
      /** A write; the step's name gives the key, so the same step sent again has one effect. */
      post: (path, body, { step, etag }) => send(account, 'POST', path, {
        body,
        headers: { 'idempotency-key': keyOf(step), ...(etag && { 'if-match': etag }) },
      }),
    }),
  };
}

/** Works through the items, a few at a time. After a failure nothing new is begun, and the first failure is thrown. */
export async function parallel(items, work, atOnce = 4) {
  const waiting = [...items];
  const failures = [];
  const one = async () => {
    while (waiting.length > 0 && failures.length === 0) {
      await work(waiting.shift()).catch((failure) => failures.push(failure));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  if (failures.length > 0) throw failures[0];
}

// Worth another try: a token that has just ended, a service that is away, a twin of this request in flight.
const isPassing = (status, code) => status === 401 || status === 503 || code === 'key-in-flight';

/** A UUID made of a name: the same name, the same key. */
function keyOf(name) {
  const hex = createHash('sha256').update(`kinerja demo: ${name}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
