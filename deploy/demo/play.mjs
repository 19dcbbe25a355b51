#!/usr/bin/env node
// Plays a slice of 2024 through the public API, with the access tokens of the demo accounts: posts, catalogue, the
// agreements and reports of KPU Provinsi NTT and its 22 kabupaten/kota, and what comes of them. Played again, it does
// what is missing and nothing else.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { settings } from '../identity/token.mjs';
import { connect, parallel } from './api.mjs';
import { funded, moneyTable, playMoney } from './money.mjs';
import { capaianTable, comparisonTable, frozenTable, mappingTable, rollupsTable, rollupTable, splitTable, subbagianTables, tally } from './print.mjs';
import { appoint, bringToItsEnd, define, move, open, own, takeOver } from './steps.mjs';

const help = `usage: play.mjs [--without SATKER]...

Plays the demo upon the service that deploy/up started.

  --without SATKER   leaves the report of this office out, as if it had not been drafted (5309, say);
                     a report that is there already stays
  --help             this text
`;

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

main().catch((error) => {
  const cause = error.cause ? ` (${error.cause.message || error.cause.code})` : '';
  console.error(`play: ${error.message}${cause}`);
  process.exitCode = 1;
});

async function main() {
  const { values } = parseArgs({
    options: { without: { type: 'string', multiple: true, default: [] }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const [accounts, indicators, alor, subbagian, before, ntt, oki, papua] = ['accounts.json', 'data/indicators-2024.json',
    'data/alor-2024.json', 'data/alor-subbagian-2024.json', 'data/alor-2020-2023.json', 'data/ntt-2024.json', 'data/oki-2024.json',
    'data/papua-2022.json'].map(read);
  const stories = [storyOfAlor(alor, subbagian), ...Object.keys(ntt.grades).map((satker) => storyOfNtt(ntt, satker))]
    .sort((one, other) => one.satker.localeCompare(other.satker));
  const unknown = values.without.find((satker) => stories.every((story) => story.satker !== satker));
  if (unknown !== undefined) throw new Error(`--without ${unknown}: no office of the demo`);

  const api = connect(settings());
  const dashboard = { account: 'client:dashboard-53', satker: '53', post: 'sistem' };
  say('Posts', await appoint(api, [...accounts, dashboard]), 'appointed');
  say('Catalogue of 2024', await define(api, indicators), 'indicators defined');
  say('The provinces of 2022', await move(api, papua), 'moves of offices');
  await tell(api, stories, values.without);
  say('What is cited from the roll-ups', await cite(api, ntt, alor, subbagian), 'documents or signatures');
  say('The years before', await open(api, before.years.map(({ report }) => report.year)), 'opened');
  say('Figures of the years before', await takeOver(api, before), 'documents taken over or signed');
  say('Own indicators of Ogan Komering Ilir', await own(api, oki), 'defined, promised or mapped');
  say('Money', await playMoney(api), 'documents taken over or signed');
  await print(api, { alor, subbagian, before, oki, papua });
  console.log(`\n${await moneyTable(api)}`);
}

/** The published agreements and figures of one office, in full. */
function storyOfAlor({ satker, agreements, report }, { units }) {
  const by = `${satker}.operator`;
  return {
    satker,
    agreements: [...agreements, ...units.map((unit) => unit.agreement)].map((agreement) => [agreement, by]),
    reports: [report, ...units.filter((unit) => !isCiting(unit)).map((unit) => unit.report)].map((each) => [each, by]),
  };
}

/** Whether a unit reports what the service cites for it: the province's roll-up, once everybody's grade is accepted. */
function isCiting({ report }) {
  return report.entries.some((entry) => entry.indicator === 'AK.01');
}

/** The province freezes its roll-up in its own report; then Alor cites it from there. Answers the number of writes. */
async function cite(api, ntt, alor, { units }) {
  let writes = await bringToItsEnd(api, 'realization', ntt.satker, ntt.frozen, `${ntt.satker}.rendatin`);
  for (const { report } of units.filter(isCiting)) {
    writes += await bringToItsEnd(api, 'realization', alor.satker, report, `${alor.satker}.operator`);
  }
  return writes;
}

/** Every other office: one line, its AKIP grade. Only an operator or the promising head drafts an agreement. */
function storyOfNtt(ntt, satker) {
  const result = { kind: 'akip-grade', value: ntt.grades[satker] };
  const isProvince = satker === ntt.satker;
  return {
    satker,
    agreements: [
      [ntt.agreement, isProvince ? `${satker}.operator` : `${satker}.sekretaris`],
      ...(isProvince ? [ntt.planning, ...ntt.annualPlan].map((agreement) => [agreement, `${satker}.operator`]) : []),
    ],
    reports: [[{ ...ntt.report, entries: ntt.report.entries.map((entry) => ({ ...entry, result })) }, `${satker}.rendatin`]],
  };
}

async function tell(api, stories, without) {
  const { body: province } = await api.as(undefined).get('/v1/satker/53');
  const names = new Map((await api.as(undefined).list('/v1/satker/53/children')).map((row) => [row.satker, row.name]));
  names.set('53', province.content.name);
  let played = 0;
  await parallel(stories, async ({ satker, agreements, reports }) => {
    let writes = 0;
    for (const [agreement, by] of agreements) {
      writes += await bringToItsEnd(api, 'agreement', satker, funded(satker, agreement), by);
    }
    const isLeftOut = without.includes(satker);
    for (const [report, drafter] of isLeftOut ? [] : reports) {
      writes += await bringToItsEnd(api, 'realization', satker, report, drafter);
    }
    if (writes === 0) return;
    played += 1;
    const promised = agreements.length === 1 ? 'agreement in force' : `${agreements.length} agreements in force`;
    const reported = reports.length === 1 ? 'report accepted' : `${reports.length} reports accepted`;
    console.log(`  ${satker.padEnd(4)}  ${names.get(satker)}: ${promised}, ${isLeftOut ? 'report left out' : reported}`);
  });
  if (played === 0) console.log(`  Offices: all ${stories.length} as before`);
}

async function print(api, { alor, subbagian, before, oki, papua }) {
  const reader = api.as('53.verifikator');
  const read = async (path, account = reader) => (await account.get(path)).body;
  const own = `/v1/satker/${alor.satker}/capaian`;
  const [capaian, units, rollup, frozen, all, province] = await Promise.all([
    read(`${own}?year=2024&level=sekretaris`), read(`${own}?year=2024&level=subbagian`),
    read('/v1/satker/53/rollup?year=2024&indicator=AK.01'), read('/v1/satker/53/capaian?year=2024&level=bagian'), read('/v1/satker/53/rollup?year=2024'), read('/v1/satker/53?fields=content.name'),
  ]);
  const years = await Promise.all(before.tables.map(({ indicator }) =>
    read(`${own}/years?indicator=${indicator}&level=sekretaris&from=2020&to=2024`)));
  const nation = api.as('00.admin-katalog');
  const [promised, local, rolled] = await Promise.all([
    read(`/v1/satker/${oki.satker}/capaian?year=2024&level=sekretaris`, nation),
    read(`/v1/satker/${oki.satker}/indicators?year=2024`, nation), read('/v1/satker/00/rollup?year=2024&indicator=SP.01&by=child', nation),
  ]);
  const split = await Promise.all(papua.flatMap((one) => ['2021-12-31', '2024-12-31'].map(async (day) => ({
    ...one, day, under: await Promise.all([one.before, one.province].map(async (satker) =>
      (await api.as(undefined).list(`/v1/satker/${satker}/children?asOf=${day}`)).map((row) => row.satker))),
  }))));
  const width = Math.min(Math.max(process.stdout.columns ?? 100, 100), 140);
  const tables = [
    capaianTable(capaian, alor.published, width), subbagianTables(units, subbagian, width), tally([
      ...capaian.office.agreements[0].lines.map((line) => ({ ...line, published: alor.published.capaian[line.line] })),
      ...units.office.agreements.flatMap(({ unit, lines }) => lines.map((line) => ({
        ...line, published: subbagian.units.find((one) => one.agreement.unit === unit)?.published[line.line]?.capaian,
      })))]),
    comparisonTable(years, before, width), rollupTable(rollup, province.content.name, width),
    frozenTable([frozen.office, units.office], width),
    rollupsTable(all, province.content.name, width), mappingTable(promised, local.items, rolled, oki, width), splitTable(split, width),
  ];
  console.log(`\n${tables.join('\n\n')}`);
}

function say(what, count, done) {
  console.log(`  ${what}: ${count === 0 ? 'as before' : `${count} ${done}`}`);
}
