// The money of the demo: states of the DIPA, what was spent, a grant, and the agreements behind them. Everything is copied
// from published documents, so it is taken over; computed and published figures stand side by side.
import { readFileSync } from 'node:fs';
import { bringToItsEnd } from './steps.mjs';

const { alor, ntt } = JSON.parse(readFileSync(new URL('data/money-2024.json', import.meta.url), 'utf8'));
const offices = new Map([alor, ntt].map((office) => [office.satker, office]));

/** An agreement with the budgets that its unit published, unless it states some. */
export function funded(satker, agreement) {
  const budgets = offices.get(satker)?.budgets[agreement.unit];
  return budgets && !agreement.budgets ? { ...agreement, budgets } : agreement;
}

/** Takes the money over and brings the agreements behind it in force; answers the number of writes. */
export async function playMoney(api) {
  let writes = 0;
  for (const office of offices.values()) {
    for (const agreement of office.agreements) {
      const drafter = `${office.satker}.operator`;
      writes += await bringToItsEnd(api, 'agreement', office.satker, agreement, drafter);
    }
  }
  writes += await takeOverAlor(api);
  writes += await takeState(api, ntt, 2024, ntt.state, ntt.source);
  return writes;
}

async function takeOverAlor(api) {
  const keeper = api.as(alor.keeper);
  let writes = 0;
  const grants = await keeper.list(`/v1/satker/${alor.satker}/grants`);
  if (!grants.some((grant) => grant.nphd === alor.grant.nphd)) {
    await keeper.post(`/v1/satker/${alor.satker}/grants`, { ...alor.grant, takenOver: by(alor, alor.source) }, { step: 'grant of Alor' });
    writes += 1;
  }
  for (const { year, pagu, realization, publishedPercent } of alor.years) {
    const isLast = year === 2024;
    if (isLast) writes += await takeState(api, alor, year, { number: 0, ...alor.first }, alor.firstSource);
    writes += await takeState(api, alor, year,
      isLast ? alor.last : { number: 0, date: `${year}-12-31`, lines: [{ code: '076.01', pagu }] }, alor.source);
    writes += await takeSpending(api, year, isLast ? alor.spent : [{ code: '076.01', amount: realization }], publishedPercent);
  }
  return writes;
}

async function takeState(api, office, year, { number, date, lines, document }, source) {
  const path = `/v1/satker/${office.satker}/budgets/${year}/revisions`;
  const keeper = api.as(office.keeper);
  if ((await keeper.list(path)).some((row) => row.number === number && row.state !== 'not-held')) return 0;
  const total = lines.reduce((sum, line) => sum + line.pagu, 0);
  await keeper.post(path, { year, number, date, total, lines, document, takenOver: by(office, source) },
    { step: `state ${office.satker} ${year} ${number}` });
  return 1;
}

async function takeSpending(api, year, entries, publishedPercent) {
  const path = `/v1/satker/${alor.satker}/budgets/${year}/realizations`;
  const keeper = api.as(alor.keeper);
  if ((await keeper.get(path)).body.statements.length > 0) return 0;
  await keeper.post(path, { year, period: `${year}`, entries, publishedPercent, takenOver: by(alor, alor.source) },
    { step: `spending ${alor.satker} ${year}` });
  return 1;
}

const WIDTH = 100;

const by = (office, source) => ({ ...source, by: office.keeper });

/** What the service computes of the money, beside what was published. */
export async function moneyTable(api) {
  const reader = api.as('53.verifikator');
  const read = async (path) => (await reader.get(path)).body;
  const budgets = `/v1/satker/${alor.satker}/budgets`;
  const [first, dipa, spending, years, cascade, province, agreements, absorption] = await Promise.all([
    read(`${budgets}/2024?asOf=2024-01-29`), read(`${budgets}/2024`), read(`${budgets}/2024/realizations`),
    read(`${budgets}?from=2020&to=2024`), read(`${budgets}/2024/cascade`), read('/v1/satker/53/budgets/2024/cascade'),
    reader.list(`/v1/satker/${alor.satker}/agreements?year=2024&state=in-force`),
    read('/v1/satker/53/budgets/2024/absorption/rollup?level=sekretaris&minSignOff=submitted'),
  ]);
  const sekretaris = cascade.agreements.find((row) => row.unit === 'sekretaris');
  const top = province.agreements.find((row) => row.unit === 'sekretaris');
  const [grant] = years.grants;
  return [
    `DIPA 2024 of KPU Kabupaten Alor (5305), taken over: revision ${first.number} ${rupiah(first.sum)} → revision ${dipa.number} ${rupiah(dipa.sum)}`,
    `  Not held: revisions ${dipa.notHeld[0]}–${dipa.notHeld.at(-1)}`,
    '',
    ...spending.lines.map((line) => `  ${line.code.padEnd(16)} ${rupiah(line.figure.pagu).padStart(19)} ${rupiah(line.figure.realization).padStart(19)}`
      + ` ${compared(line.figure.percent, alor.publishedPercent[line.code])}`),
    `  ${'Whole'.padEnd(16)} ${rupiah(spending.whole.pagu).padStart(19)} ${rupiah(spending.whole.realization).padStart(19)}`
      + ` ${compared(spending.whole.percent, alor.years.at(-1).publishedPercent)}, remaining ${rupiah(spending.whole.remaining)}`,
    '',
    ...years.years.map((year) => `  ${year.year} ${rupiah(year.figure.pagu).padStart(19)} ${rupiah(year.figure.realization).padStart(19)}`
      + ` ${compared(year.figure.percent, year.publishedPercent)}`),
    `  Grant ${grant.nphd}: ${rupiah(grant.amount)}, used ${rupiah(grant.used)}, remaining ${rupiah(grant.remaining)}`,
    '',
    `  Agreements of Alor: ${sums(sekretaris)}`,
    ...agreements.filter((row) => row.amendment.needed).map((row) => `  Needs an amendment: ${row.unit}: `
      + row.amendment.money.filter((money) => money.moved).map((money) => `${money.code} ${money.moved > 0 ? '+' : '−'}${rupiah(Math.abs(money.moved))}`).join(', ')),
    '',
    `  Agreements of KPU Provinsi NTT: ${sums(top)}`,
    ...province.agreements.flatMap((row) => row.detailed.map((budget) => `    ${row.unit} ${budget.code}: ${rupiah(budget.pagu)} = `
      + `${budget.details} rincian ${rupiah(budget.sum)} (difference ${rupiah(budget.difference)})`)),
    '',
    `  Below KPU Provinsi NTT, spent beside reached, of ${absorption.budgets.reported} DIPA held of ${absorption.budgets.expected}:`,
    ...absorption.programs.map((program) => `  ${program.program}: ${rupiah(program.figure.realization)} of ${rupiah(program.figure.pagu)}, `
      + `${percent(program.figure.percent)}; capaian ${program.capaian === null ? 'none' : percent(program.capaian)}, `
      + `${program.coverage.counted} counted, ${program.coverage.missing.length} missing`),
  ].flatMap(folded).join('\n');
}

/** A line no wider than a terminal shows; what is left goes on below it, indented. */
function folded(line) {
  if (line.length <= WIDTH) return [line];
  const [head] = line.slice(0, WIDTH).match(/^.*[,;→](?= )/) ?? [line.slice(0, line.lastIndexOf(' ', WIDTH))];
  return [head, ...folded(`    ${line.slice(head.length).trim()}`)];
}

const sums = (row) => row.sums.map((sum) => `${sum.program ?? 'whole'} ${rupiah(sum.above)} = ${rupiah(sum.below)} (difference ${rupiah(sum.difference)})`).join('; ');
const compared = (computed, published) =>
  `${percent(computed)} computed ${computed === published ? '=' : '≠'} ${percent(published)} published`;
const percent = (figure) => `${figure.toLocaleString('id-ID', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} %`;
const rupiah = (amount) => `Rp ${amount.toLocaleString('id-ID')}`;
