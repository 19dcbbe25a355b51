// Demo accounts: one password for all, so never in production.
import { readFile } from 'node:fs/promises';
import { saveAccounts } from './accounts.mjs';

export function refuseInProduction(environment) {
  const production = [environment.NODE_ENV, environment.KINERJA_ENVIRONMENT]
    .some((name) => name?.toLowerCase() === 'production');
  if (production && (environment.DEMO_ACCOUNTS_FILE || environment.DEMO_PASSWORD)) {
    throw new Error('Demo accounts are refused in production. ' +
      'Unset DEMO_ACCOUNTS_FILE and DEMO_PASSWORD, and configure a real issuer for the API.');
  }
}

export async function loadDemoAccounts(database, environment) {
  if (!environment.DEMO_ACCOUNTS_FILE) return 0;
  if (!environment.DEMO_PASSWORD) throw new Error('DEMO_ACCOUNTS_FILE is set, so DEMO_PASSWORD must be set too.');
  const accounts = JSON.parse(await readFile(environment.DEMO_ACCOUNTS_FILE, 'utf8'));
  await saveAccounts(database, accounts, environment.DEMO_PASSWORD);
  return accounts.length;
}
