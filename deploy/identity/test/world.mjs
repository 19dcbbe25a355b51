// One private PostgreSQL and one real identity server process for the tests.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));
const postgres = fileURLToPath(new URL('../../lib/postgres.sh', import.meta.url));

export const password = 'sandi-untuk-uji';
export const apiSecret = 'secret-of-the-api';
export const dashboardSecret = 'secret-of-the-dashboard';
export const apiUrl = 'http://127.0.0.1:5999';

export async function createWorld() {
  const directory = mkdtempSync(join(tmpdir(), 'kinerja-identity-'));
  const cluster = join(directory, 'pg');
  execFileSync(postgres, ['start', cluster, '0', '--fast'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const read = (name) => readFileSync(join(cluster, name), 'utf8').trim();
  const databaseUrl = `postgres://postgres:${read('password')}@127.0.0.1:${read('port')}/postgres`;

  const accountsFile = join(directory, 'accounts.json');
  const names = ['budi', 'citra', 'dewi', 'eka', 'fajar', 'gita'];
  writeFileSync(accountsFile, JSON.stringify(names.map((account) => ({ account, name: `Akun ${account}` }))));
  const clientsFile = join(directory, 'clients.json');
  writeFileSync(clientsFile, execFileSync(process.execPath, ['clients.mjs'], {
    cwd: home,
    env: { ...process.env, API_URL: apiUrl, API_CLIENT_SECRET: apiSecret, DASHBOARD_CLIENT_SECRET: dashboardSecret },
  }));

  const port = await freePort();
  const environment = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    CLIENTS_FILE: clientsFile,
    DEMO_ACCOUNTS_FILE: accountsFile,
    DEMO_PASSWORD: password,
    NODE_ENV: 'test',
    KINERJA_ENVIRONMENT: 'test',
  };
  const issuer = `http://127.0.0.1:${port}`;
  let server = await startServer(environment, issuer);

  return {
    issuer,
    databaseUrl,
    run: (overrides) => runToEnd({ ...environment, ...overrides }),
    async restart() {
      await server.stop();
      server = await startServer(environment, issuer);
    },
    async close() {
      const code = await server.stop();
      execFileSync(postgres, ['remove', cluster], { stdio: ['ignore', 'ignore', 'pipe'] });
      rmSync(directory, { recursive: true });
      return { code, output: server.output() };
    },
  };
}

function launch(environment) {
  const child = spawn(process.execPath, ['server.mjs'], { cwd: home, env: environment });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  const ended = new Promise((resolve) => { child.on('exit', resolve); });
  return { child, ended, output: () => output };
}

async function startServer(environment, issuer) {
  const { child, ended, output } = launch(environment);
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await fetch(`${issuer}/health`).then((answer) => answer.ok, () => false)) {
      return { output, stop: () => { child.kill('SIGTERM'); return ended; } };
    }
    if (child.exitCode !== null) break;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  child.kill();
  throw new Error(`the identity server did not start:\n${output()}`);
}

async function runToEnd(environment) {
  const { ended, output } = launch(environment);
  return { code: await ended, output: output() };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
