// Signing and cookie keys live in the database, so that a restart or a second instance keeps every session.
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

export async function loadKeys(database) {
  return {
    signing: [await keep(database, 'signing-key', newSigningKey)],
    cookies: [await keep(database, 'cookie-key', () => randomBytes(32).toString('base64url'))],
  };
}

// Whoever writes first wins; all read the same value back.
async function keep(database, name, create) {
  const read = () => database.query('select value from identity.secret where name = $1', [name]);
  const stored = await read();
  if (stored.rows.length > 0) return stored.rows[0].value;
  await database.query(
    'insert into identity.secret (name, value) values ($1, $2) on conflict do nothing',
    [name, JSON.stringify(create())],
  );
  return (await read()).rows[0].value;
}

function newSigningKey() {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  return { ...key, kid: thumbprint(key), alg: 'RS256', use: 'sig' };
}

/** RFC 7638: the SHA-256 of the required members of an RSA key in lexicographic order. */
export function thumbprint({ e, kty, n }) {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
