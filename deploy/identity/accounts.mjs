// Accounts and their passwords. A login answers 'ok', 'wrong' or 'locked', alike for known and unknown accounts.
import { randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { transaction } from './database.mjs';

const scrypt = promisify(scryptCallback);
const cost = { N: 16384, r: 8, p: 1 };
const nobody = { salt: randomBytes(16), hash: randomBytes(32) };

const maximumFailures = 5;
export const minutes = 15; // in which failures count together, and for which a lock lasts

export async function findAccount(database, account) {
  const { rows } = await database.query('select account, name from identity.account where account = $1', [account]);
  return rows[0];
}

/** Adds the accounts that are missing, or whose password is another one now. */
export async function saveAccounts(database, accounts, password) {
  await Promise.all(accounts.map(async ({ account, name }) => {
    const { rows } = await database.query('select salt, hash from identity.account where account = $1', [account]);
    const salt = randomBytes(16);
    const kept = rows[0] && await matches(password, rows[0]) ? rows[0] : { salt, hash: await digest(password, salt) };
    await database.query(
      `insert into identity.account (account, name, salt, hash) values ($1, $2, $3, $4)
       on conflict (account) do update set name = excluded.name, salt = excluded.salt, hash = excluded.hash`,
      [account, name, kept.salt, kept.hash],
    );
  }));
}

export function logIn(database, account, password) {
  return transaction(database, async (client) => {
    // One attempt for an account at a time: parallel guesses cannot pass the counter together.
    await client.query("select pg_advisory_xact_lock(hashtext('login'), hashtext($1))", [account]);
    if (await isLocked(client, account)) return 'locked';
    const { rows } = await client.query('select salt, hash from identity.account where account = $1', [account]);
    // An unknown account costs the same time as a known one.
    const right = await matches(password, rows[0] ?? nobody) && rows.length > 0;
    if (right) {
      await client.query('delete from identity.failed_login where account = $1', [account]);
      return 'ok';
    }
    await countFailure(client, account);
    return 'wrong';
  });
}

async function isLocked(client, account) {
  const { rowCount } = await client.query(
    'select from identity.failed_login where account = $1 and locked_until > now()', [account]);
  return rowCount > 0;
}

async function countFailure(client, account) {
  const window = `interval '${minutes} minutes'`;
  await client.query(
    `insert into identity.failed_login as past (account, failures, since) values ($1, 1, now())
     on conflict (account) do update set
       failures = case when past.since < now() - ${window} then 1 else past.failures + 1 end,
       since = case when past.since < now() - ${window} then now() else past.since end`,
    [account],
  );
  // The lock also starts a new count.
  await client.query(
    `update identity.failed_login set locked_until = now() + ${window}, failures = 0, since = now()
     where account = $1 and failures >= ${maximumFailures}`,
    [account],
  );
}

async function matches(password, { salt, hash }) {
  return timingSafeEqual(await digest(password, salt), hash);
}

function digest(password, salt) {
  return scrypt(password, salt, 32, cost);
}
