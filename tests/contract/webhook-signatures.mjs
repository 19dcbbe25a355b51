// Verifies a delivery as its receiver would: v1 by the library of Standard Webhooks, v1a by Node's crypto.
// node webhook-signatures.mjs FILE with {headers, body, secrets, jwk}; prints what holds, and what holds of a body that was changed.
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const { headers, body, secrets, jwk } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const key = createPublicKey({ key: jwk, format: 'jwk' });
const signatures = headers['webhook-signature'].split(' ');

const v1 = (secret, said) => {
  try {
    new Webhook(secret).verify(said, headers);
    return true;
  } catch {
    return false;
  }
};
const v1a = (said) => signatures.filter((one) => one.startsWith('v1a,')).some((one) => verify(
  null, Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${said}`), key, Buffer.from(one.slice(4), 'base64')));

const changed = body.replace('specversion', 'specversjon');
console.log(JSON.stringify({
  order: signatures.map((one) => one.split(',')[0]),
  v1: secrets.map((secret) => v1(secret, body)),
  v1a: v1a(body),
  v1OfChanged: secrets.map((secret) => v1(secret, changed)),
  v1aOfChanged: v1a(changed),
}));
