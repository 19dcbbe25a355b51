// Creates the roles and databases of the service, without psql: databases.mjs DIR-OF-POSTGRES
// Passwords come from the environment; running it again changes nothing but a changed password.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const pg = createRequire(new URL('../identity/package.json', import.meta.url))('pg');

const [directory] = process.argv.slice(2);
const read = (name) => readFileSync(join(directory, name), 'utf8').trim();
const client = new pg.Client({
  host: '127.0.0.1', port: Number(read('port')), user: 'postgres', password: read('password'), database: 'postgres',
});

// The owner migrates; the application's role owns nothing, and the migrations grant it what it may do.
const roles = {
  kinerja_owner: process.env.DB_OWNER_PASSWORD,
  kinerja_app: process.env.DB_APP_PASSWORD,
  identity: process.env.DB_IDENTITY_PASSWORD,
};
const databases = { kinerja: 'kinerja_owner', identity: 'identity' };

await client.connect();
for (const [role, password] of Object.entries(roles)) {
  if (!password) throw new Error(`no password for ${role}`);
  if (!await exists('pg_roles', 'rolname', role)) await client.query(`create role ${role}`);
  await client.query(`alter role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls
    password ${client.escapeLiteral(password)}`);
}
for (const [database, owner] of Object.entries(databases)) {
  if (await exists('pg_database', 'datname', database)) continue;
  await client.query(`create database ${database} owner ${owner}`);
  await client.query(`revoke all on database ${database} from public`);
}
await client.query('grant connect on database kinerja to kinerja_app');
await client.end();

async function exists(catalog, column, name) {
  return (await client.query(`select from ${catalog} where ${column} = $1`, [name])).rowCount > 0;
}
