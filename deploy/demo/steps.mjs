// The steps of the demo. Each looks first what is there, does what is missing, and answers how much it did.
import { parallel } from './api.mjs';

/** The only account that the installation itself appoints. It sees the whole country, so it also looks what is there. */
const first = '00.admin-periode';

/** Appoints every account to its post; answers how many were not appointed yet. */
export async function appoint(api, accounts) {
  const administrator = api.as(first);
  let appointed = 0;
  await parallel(new Set(accounts.map((account) => account.satker)), async (satker) => {
    const held = await administrator.list(`/v1/satker/${satker}/posts`);
    const isHeld = ({ post, account }) => held.some((row) => row.post === `${satker}.${post}` && row.subject === account);
    const others = accounts.filter((holder) => holder.satker === satker && holder.account !== first);
    for (const { post, account } of others.filter((holder) => !isHeld(holder))) {
      const posting = { post, subject: account, capacity: 'definitive', decree: 'SK demo', from: '2020-01-01' };
      await administrator.post(`/v1/satker/${satker}/posts`, posting, { step: `appoint ${account} to ${satker}.${post}` });
      appointed += 1;
    }
  });
  return appointed;
}

/** Defines the indicators in their order; answers how many were not defined yet. */
export async function define(api, indicators) {
  const administrator = api.as('00.admin-katalog');
  const known = new Set((await api.as(first).list('/v1/indicators?year=2024')).map((row) => row.code));
  const missing = indicators.filter((indicator) => !known.has(indicator.code));
  for (const indicator of missing) {
    await administrator.post('/v1/indicators', indicator, { step: `define ${indicator.code} of ${indicator.year}` });
  }
  return missing.length;
}

/** Opens the years of earlier figures with the catalogue and the policy of 2024; answers how many were not open. */
export async function open(api, years) {
  const administrator = api.as('00.admin-katalog');
  let opened = 0;
  for (const year of years) {
    const known = await administrator.list(`/v1/indicators?year=${year}`);
    if (known.length > 0) continue;
    await administrator.post(`/v1/years/2024/indicators:copy?to=${year}`, undefined, { step: `open ${year}` });
    opened += 1;
  }
  return opened;
}

/** Puts the figures of earlier years beside their targets, as taken over: nobody signs them. Answers the number of writes. */
export async function takeOver(api, { satker, years }) {
  const drafter = `${satker}.operator`;
  let writes = 0;
  for (const { agreement, report } of years) {
    writes += await bringToItsEnd(api, 'agreement', satker, agreement, drafter);
    const there = await api.as(first).list(`/v1/satker/${satker}/realizations?year=${report.year}&unit=${report.unit}`);
    if (there.length > 0) continue;
    await api.as(drafter).post(`/v1/satker/${satker}/realizations`, report, { step: `take over ${satker} ${report.year}` });
    writes += 1;
  }
  return writes;
}

/** Defines an office's own indicators, promises them, and maps those that RI has found to mean the same as one of the catalogue. */
export async function own(api, { satker, indicators, agreement }) {
  const [drafter, administrator] = [api.as(`${satker}.operator`), api.as('00.admin-katalog')];
  const path = `/v1/satker/${satker}/indicators`;
  const known = new Map((await drafter.list(`${path}?year=${agreement.year}`)).map((row) => [row.code, row]));
  let writes = 0;
  for (const { indicator } of indicators.filter((one) => !known.has(one.indicator.code))) {
    await drafter.post(path, indicator, { step: `define ${satker} ${indicator.code}` });
    writes += 1;
  }
  writes += await bringToItsEnd(api, 'agreement', satker, agreement, `${satker}.operator`);
  for (const { indicator: { code }, mapping } of indicators.filter((one) => one.mapping && !known.get(one.indicator.code)?.mapping)) {
    const { etag } = await administrator.get(`${path}/${code}?year=${agreement.year}`);
    await administrator.put(`${path}/${code}/mapping?year=${agreement.year}`, { indicator: mapping }, { etag });
    writes += 1;
  }
  return writes;
}

/**
 * Splits the provinces: each office stood under its province of before, and stands under the new one from the law's day on.
 * The tree that is loaded is today's, so its history is told from its second day. Answers the number of moves.
 */
export async function move(api, splits) {
  const administrator = api.as(first);
  let moves = 0;
  for (const { province, before, from, decree, offices } of splits) {
    for (const satker of offices) {
      const path = `/v1/satker/${satker}`;
      for (const to of [{ parent: before, from: '2000-01-02', decree: 'Data demo' }, { parent: province, from, decree }]) {
        const { body, etag } = await administrator.get(path);
        if (body.content.parents.some((fact) => fact.parent === to.parent && fact.from === to.from)) continue;
        await administrator.post(`${path}/moves`, to, { step: `move ${satker} to ${to.parent} from ${to.from}`, etag });
        moves += 1;
      }
    }
  }
  return moves;
}

const ends = { agreement: 'in-force', realization: 'accepted' };

/**
 * Brings a document of an office to the end of its way: drafts it if it is not there, then does each open step as the
 * holder of the post that the step is in the hands of. A document that somebody has returned is left to its people.
 * Answers the number of writes.
 */
export async function bringToItsEnd(api, kind, satker, content, drafter) {
  const path = `/v1/satker/${satker}/${kind}s`;
  const period = content.period ? `&period=${content.period}` : '';
  const rows = await api.as(first).list(`${path}?year=${content.year}&unit=${content.unit}${period}`);
  if (rows.some((row) => row.state === ends[kind])) return 0;

  let writes = 0;
  let id = rows.at(-1)?.id;
  if (!id) {
    const step = `draft ${kind} ${satker} ${content.period ?? content.year} ${content.unit}`;
    id = (await api.as(drafter).post(path, content, { step })).body.id;
    writes += 1;
  }
  const { body: way } = await api.as(first).get(`${path}/${id}/sign-offs`);
  if (way.round > 1) return writes;
  for (const { act, post } of way.steps.filter((step) => !step.done)) {
    // Every account is named after its post.
    const holder = api.as(post);
    const { body: seen, etag } = await holder.get(`${path}/${id}/sign-offs`);
    await holder.post(`${path}/${id}/sign-offs`, { act, post, contentHash: seen.contentHash },
      { step: `${act} ${id} version ${seen.version} for ${post}`, etag });
    writes += 1;
  }
  return writes;
}
