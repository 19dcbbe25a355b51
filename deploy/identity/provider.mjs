// The OpenID provider: first-party clients only, opaque access tokens for the one resource, the API.
import { Provider, errors } from 'oidc-provider';
import { findAccount } from './accounts.mjs';
import { adapterFor } from './adapter.mjs';
import { loginUrl } from './login.mjs';
import { errorPage, languageOf, loggedOutPage, logoutPage, pageHeaders } from './pages.mjs';

const api = 'urn:kinerja:api';
const scope = 'kinerja';
const eightHours = 8 * 3600;

export function createProvider({ issuer, database, keys, clients, accessTokenSeconds }) {
  const provider = new Provider(issuer, {
    adapter: adapterFor(database),
    jwks: { keys: keys.signing },
    cookies: { keys: keys.cookies },
    clients,
    clientBasedCORS,
    findAccount: async (_, id) => {
      const account = await findAccount(database, id);
      return account && { accountId: id, claims: () => ({ sub: id, name: account.name }) };
    },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    pkce: { required: () => true },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    loadExistingGrant,
    interactions: { url: (_, interaction) => loginUrl(interaction) },
    renderError: (ctx, out) => showPage(ctx, (language) => errorPage(language, out)),
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 600,
      Grant: eightHours,
      RefreshToken: eightHours,
      Session: eightHours,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (_, client) => client.clientId === 'kinerja-api' },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => {
          if (resource !== api) throw new errors.InvalidTarget();
          return { scope, audience: api, accessTokenFormat: 'opaque' };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => showPage(ctx, (language) => logoutPage(language, form)),
        postLogoutSuccessSource: (ctx) => showPage(ctx, loggedOutPage),
      },
    },
  });
  // Behind TLS the proxy in front says which scheme and address the browser used.
  provider.proxy = issuer.startsWith('https:');
  provider.on('server_error', (_, error) => console.error(error));
  return provider;
}

// A public client's script may call from the pages its answers are sent to.
function clientBasedCORS(_, origin, client) {
  return client.clientAuthMethod === 'none' && client.redirectUris.some((uri) => new URL(uri).origin === origin);
}

// All clients are our own, so nobody is asked for consent.
async function loadExistingGrant({ oidc: { client, session, provider } }) {
  const known = session.grantIdFor(client.clientId);
  const grant = (known && await provider.Grant.find(known)) ||
    new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(api, scope);
  await grant.save();
  return grant;
}

function showPage(ctx, page) {
  const language = languageOf(ctx.req);
  const application = ctx.oidc?.session?.state?.postLogoutRedirectUri;
  ctx.set(pageHeaders(language, application && new URL(application).origin));
  ctx.body = page(language);
}
