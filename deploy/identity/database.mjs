// The identity server's schema, and its pools of connections.
import pg from 'pg';

const schema = `
  create schema if not exists identity;
  create table if not exists identity.artifact (
    model text not null,
    id text not null,
    grant_id text,
    uid text,
    payload jsonb not null,
    expires_at timestamptz,
    consumed_at timestamptz,
    primary key (model, id)
  );
  create index if not exists artifact_grant on identity.artifact (grant_id);
  create index if not exists artifact_uid on identity.artifact (uid);
  create index if not exists artifact_expiry on identity.artifact (expires_at);
  create table if not exists identity.secret (name text primary key, value jsonb not null);
  create table if not exists identity.account (
    account text primary key,
    name text not null,
    salt bytea not null,
    hash bytea not null
  );
  create table if not exists identity.failed_login (
    account text primary key,
    failures int not null,
    since timestamptz not null,
    locked_until timestamptz
  );`;

export function openPool(connectionString, max) {
  const pool = new pg.Pool({ connectionString, max });
  // A connection lost while idle is replaced at the next use; it must not end the process.
  pool.on('error', (error) => console.error(`database: ${error.message}`));
  return pool;
}

export async function createSchema(database) {
  await transaction(database, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('identity schema'))");
    await client.query(schema);
  });
}

export async function transaction(database, work) {
  const client = await database.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
