// The OAuth clients of the demo and the tests, from three environment variables to standard output:
//   API_URL, API_CLIENT_SECRET, DASHBOARD_CLIENT_SECRET
import { demoRedirect } from './token.mjs';

const { API_URL: apiUrl, API_CLIENT_SECRET: apiSecret, DASHBOARD_CLIENT_SECRET: dashboardSecret } = process.env;
if (!apiUrl || !apiSecret || !dashboardSecret) {
  console.error('Set API_URL, API_CLIENT_SECRET and DASHBOARD_CLIENT_SECRET.');
  process.exit(2);
}

const person = {
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};
const system = { redirect_uris: [], response_types: [] };

const clients = [
  // The API itself: it may ask about tokens, and nothing else.
  { ...system, client_id: 'kinerja-api', client_secret: apiSecret, grant_types: [] },
  // Swagger UI, served by the API.
  {
    ...person,
    client_id: 'kinerja-docs',
    redirect_uris: [`${apiUrl}/docs/oauth2-redirect.html`],
    post_logout_redirect_uris: [`${apiUrl}/docs/index.html`],
  },
  // Scripts that play the demo, through the same login page as everybody.
  { ...person, client_id: 'kinerja-demo', redirect_uris: [demoRedirect] },
  // A system client: the dashboard of KPU Provinsi NTT.
  { ...system, client_id: 'dashboard-53', client_secret: dashboardSecret, grant_types: ['client_credentials'] },
];

console.log(JSON.stringify(clients, null, 2));
