// The login page: shows the form, checks the password, hands the person back to the provider.
import { logIn, minutes } from './accounts.mjs';
import { expiredPage, languageOf, loginPage, pageHeaders } from './pages.mjs';

const path = /^\/login\/[\w-]+$/;
const answers = { wrong: 401, locked: 429 };

export const loginUrl = (interaction) => `/login/${interaction.uid}`;

/** Returns true when the request was for the login page. */
export async function handleLogin(provider, database, request, response) {
  const action = request.url.split('?')[0];
  if (!path.test(action)) return false;
  const language = languageOf(request);
  const show = (status, html, origin) => response.writeHead(status, pageHeaders(language, origin)).end(html);

  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (!interaction) return show(400, expiredPage(language));

  const finish = async (result) => {
    await provider.interactionFinished(request, response, result);
    return true;
  };
  // A client may ask for consent expressly; our own clients always have it.
  if (interaction.prompt.name === 'consent') return finish({ consent: {} });

  const { origin } = new URL(interaction.params.redirect_uri);
  if (request.method === 'GET') return show(200, loginPage(language, action), origin);
  if (request.method !== 'POST') return response.writeHead(405, { allow: 'GET, POST' }).end();

  const form = await readForm(request);
  const account = form.get('account')?.trim().slice(0, 64) ?? '';
  const result = await logIn(database, account, form.get('password') ?? '');
  if (result === 'locked') response.setHeader('retry-after', minutes * 60);
  if (result !== 'ok') return show(answers[result], loginPage(language, action, { problem: result, account }), origin);

  return finish({ login: { accountId: account, amr: ['pwd'] } });
}

async function readForm(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 4096) throw Object.assign(new Error('The form is too long.'), { status: 413 });
  }
  return new URLSearchParams(body);
}
