// The identity server of the demo and the tests. In production the API is pointed at a real issuer.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { sweep } from './adapter.mjs';
import { createSchema, openPool } from './database.mjs';
import { loadDemoAccounts, refuseInProduction } from './demo.mjs';
import { loadKeys } from './keys.mjs';
import { handleLogin } from './login.mjs';
import { createProvider } from './provider.mjs';

const environment = process.env;

try {
  await serve();
} catch (error) {
  console.error(`identity: ${error.message}`);
  process.exit(1);
}

async function serve() {
  refuseInProduction(environment);
  const port = Number(required('PORT'));
  const issuer = environment.ISSUER ?? `http://127.0.0.1:${port}`;
  const clients = JSON.parse(await readFile(required('CLIENTS_FILE'), 'utf8'));
  const database = openPool(required('DATABASE_URL'), 8);
  // Logins of one account wait for each other; in a pool of their own they hold up nothing else.
  const logins = openPool(required('DATABASE_URL'), 4);
  await createSchema(database);
  const demoAccounts = await loadDemoAccounts(database, environment);
  const provider = createProvider({
    issuer,
    database,
    clients,
    keys: await loadKeys(database),
    accessTokenSeconds: Number(environment.ACCESS_TOKEN_TTL ?? 300),
  });

  const sweeping = setInterval(() => sweep(database).catch((error) => console.error(error)), 60_000);
  const server = http.createServer(handler(provider, database, logins));
  server.on('error', (error) => {
    console.error(`identity: ${error.message}`);
    process.exit(1);
  });
  server.listen(port, environment.HOST ?? '127.0.0.1', () =>
    console.log(`identity: ${issuer} is ready, with ${demoAccounts} demo accounts`));

  const stop = () => {
    clearInterval(sweeping);
    server.close(async () => {
      await Promise.all([database.end(), logins.end()]);
      console.log('identity: stopped');
      process.exit(0);
    });
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function handler(provider, database, logins) {
  const openId = provider.callback();
  return async (request, response) => {
    try {
      if (request.url === '/health') return await answerHealth(database, response);
      if (await handleLogin(provider, logins, request, response)) return;
    } catch (error) {
      if (!error.status) console.error(error);
      if (!response.headersSent) response.writeHead(error.status ?? 500);
      return response.end();
    }
    return openId(request, response);
  };
}

async function answerHealth(database, response) {
  const healthy = await database.query('select 1').then(() => true, () => false);
  response.writeHead(healthy ? 200 : 503, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
    .end(healthy ? 'ok\n' : 'no database\n');
}

function required(name) {
  if (!environment[name]) throw new Error(`${name} is not set.`);
  return environment[name];
}
