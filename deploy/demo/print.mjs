// Figures for people: aligned tables, Indonesian notation, and beside each figure whether it was computed or published.

/** The capaian of an agreement, line by line, beside the figures its office published. */
export function capaianTable({ year, level, office }, published, width) {
  const title = `Capaian ${year} of ${office.name} (${office.satker}), agreement of its ${titleCase(level)}, in percent`;
  const [promise] = office.agreements;
  if (!promise) return `${title}\n\n  No agreement is in force.`;
  const columns = [
    { head: 'No', cell: (line) => line.line, right: true },
    { head: 'Indicator', cell: (line) => line.wording, grows: true },
    { head: 'Target', cell: (line) => valueText(line.target), right: true },
    { head: 'Realization', cell: (line) => valueText(line.realization), right: true },
    { head: 'computed', cell: (line) => figureText(line.capaian?.reported), right: true },
    { head: '', cell: (line) => comparison(line.capaian?.reported, published.capaian[line.line]) },
    { head: 'published', cell: (line) => figureText(published.capaian[line.line]) },
    { head: 'Category', cell: (line) => titleCase(line.capaian?.category ?? '–') },
    { head: 'Sign-off', cell: (line) => line.signOff ?? '–' },
  ];
  const { figure, counted, expected, carriedOver } = promise.mean;
  return [
    title,
    '',
    ...table(columns, promise.lines, width),
    '',
    `  Mean  ${figureText(figure)}, computed over ${counted} of ${expected} lines, ${carriedOver} of them carried over`,
    ...promise.lines.flatMap(notes),
    `  Computed by this service; published in ${published.source}`,
    '  = the two figures agree, ≠ they differ',
  ].join('\n');
}

/** The lines of the subbagian as the tables of the report group them, beside the figures their office published. */
export function subbagianTables({ year, office }, { units, source }, width) {
  const lines = office.agreements.flatMap((agreement) => agreement.lines.map((line) => ({
    ...line, unit: agreement.unit, published: units.find((one) => one.agreement.unit === agreement.unit)?.published[line.line],
  })));
  const columns = [
    { head: 'Unit', cell: (line) => line.unit },
    { head: 'No', cell: (line) => line.line, right: true },
    { head: 'Indicator', cell: (line) => line.wording, grows: true },
    { head: 'Target', cell: (line) => valueText(line.target), right: true },
    { head: 'Realization', cell: (line) => valueText(line.realization), right: true },
    { head: 'computed', cell: (line) => figureText(computed(line)), right: true },
    { head: '', cell: (line) => comparison(computed(line), line.published?.capaian) },
    { head: 'published', cell: (line) => figureText(line.published?.capaian), right: true },
  ];
  const names = [...new Set(lines.map((line) => line.published?.table))].sort();
  const alike = lines.filter((line) => computed(line) === line.published?.capaian).length;
  return [
    `Capaian ${year} of the subbagian of ${office.name} (${office.satker}), in percent`,
    ...names.flatMap((name) => {
      const rows = lines.filter((line) => line.published?.table === name);
      return ['', `  Table ${name}`, '', ...table(columns, rows, width), ...rows.flatMap((line) => [
        ...(line.takenOver ? [`  ${line.unit} ${line.line}  taken over from a published document, without signatures`] : []),
        ...(line.override ? [`  ${line.unit} ${line.line}  published as ${figureText(line.override.published)} instead of the computed `
          + `${figureText(line.override.computedReported)}, accepted by the approval`] : []),
      ])];
    }),
    '',
    `  Mean of the four agreements' means  ${figureText(office.figure)}, computed`,
    `  ${alike} of ${lines.length} computed figures equal the published ones`,
    `  Computed by this service; published in ${source}`,
  ].join('\n');
}

/** How the published figures of all lines come about. */
export function tally(lines) {
  const isGrade = (line) => line.target.kind === 'akip-grade';
  const alike = lines.filter((line) => !line.override && computed(line) === line.published);
  const overrides = lines.filter((line) => line.override && line.capaian.reported === line.published);
  return `Of ${lines.length} published figures ${alike.filter((line) => !isGrade(line)).length} come by formula, `
    + `${alike.filter(isGrade).length} by the grade scale, ${overrides.length} by an override`;
}

/** The tables that set an indicator's earlier years beside 2024 and the national target. */
export function comparisonTable(indicators, { satker, source, tables }, width) {
  const yearOf = (row, year) => row.years.find((one) => one.year === year);
  const lineOf = (row, year) => yearOf(row, year)?.lines[0];
  const column = (year) => ({
    head: `${year}`, right: true, cell: (row) => {
      const { realization, takenOver } = lineOf(row, year) ?? { realization: { kind: 'absent' } };
      return realization.kind === 'absent' ? '–' : `${valueText(realization)}${takenOver ? ' t' : ''}`;
    },
  });
  const rows = indicators.map((row, i) => ({ ...row, table: tables[i].table }));
  const columns = [
    { head: 'Table', cell: (row) => row.table, right: true },
    { head: 'Indicator', cell: (row) => lineOf(row, 2024).wording, grows: true },
    ...[2020, 2021, 2022, 2023].map(column),
    { head: 'Target', cell: (row) => valueText(lineOf(row, 2024).target), right: true },
    column(2024),
    { head: 'National', cell: (row) => (yearOf(row, 2024).definition.nationalTarget ? valueText(yearOf(row, 2024).definition.nationalTarget) : '–'), right: true },
  ];
  return [
    `Realization 2020–2024 of ${satker}, agreement of its Sekretaris`,
    '',
    ...table(columns, rows, width),
    '',
    '  t = taken over from the published document, without signatures; – = not stated there',
    `  Published in ${source}`,
  ].join('\n');
}

/** The roll-ups that stand in reports: frozen in the office's own, cited by an office below it. */
export function frozenTable(offices, width) {
  const rows = offices.flatMap(({ satker, name, agreements }) => agreements.flatMap(({ unit, lines }) =>
    lines.filter((line) => line.given).map((line) => ({ satker, name, unit, ...line }))));
  const columns = [
    { head: 'Report of', cell: (row) => `${row.satker} ${row.unit}` },
    { head: 'Office', cell: (row) => row.name, grows: true },
    { head: 'Roll-up', cell: (row) => `${row.indicator} of ${row.given.frozen.satker}` },
    { head: 'As signed', cell: ({ given: { frozen } }) => `${figureText(frozen.value.value)} % ${ratioText(frozen.value)}` },
    { head: 'Counted', cell: ({ given: { frozen } }) => `${frozen.counted}/${frozen.expected}`, right: true },
    { head: 'Now', cell: ({ given: { now, drifted } }) => (drifted ? `drifted: ${now ? ratioText(now.value) : 'none'}` : 'the same') },
  ];
  return ['Roll-ups in reports: frozen in the office\'s own, cited by an office below', '', ...table(columns, rows, width)].join('\n');
}

/** Every roll-up of an office: what the offices below brought, of how many that are expected. */
export function rollupsTable({ year, items }, name, width) {
  const columns = [
    { head: 'Code', cell: (row) => row.indicator },
    { head: 'Indicator', cell: (row) => row.name, grows: true },
    { head: 'Method', cell: (row) => row.method },
    { head: 'Source', cell: (row) => row.source },
    { head: 'Target', cell: (row) => (row.target ? valueText(row.target) : '–'), right: true },
    { head: 'Value', cell: (row) => valueText(row.value), right: true },
    { head: 'Offices', cell: ({ coverage }) => `${coverage.counted}/${coverage.reported}/${coverage.expected}`, right: true },
  ];
  return [
    `Roll-ups ${year} of ${name}`,
    '',
    ...table(columns, items, width),
    '',
    '  Offices: counted, reported and expected. An office whose figure is not published is missing; in a',
    '  share and a count it does not meet the condition. Computed by this service; targets as published',
    '  in the annual plan.',
  ].join('\n');
}

/** An office's own indicators, and as what they count. */
export function mappingTable({ office }, local, { items: [rolled] }, { source }, width) {
  const mappings = new Map(local.map((row) => [row.code, row.mapping?.indicator]));
  const columns = [
    { head: 'Own code', cell: (line) => line.indicator },
    { head: 'Wording', cell: (line) => line.wording, grows: true },
    { head: 'Target', cell: (line) => valueText(line.target), right: true },
    { head: 'Counts as', cell: (line) => mappings.get(line.indicator) ?? 'not mapped' },
  ];
  const child = rolled?.children.find((row) => row.satker === office.satker);
  return [
    `Own indicators 2024 of ${office.name} (${office.satker})`,
    '',
    ...table(columns, office.agreements[0].lines, width),
    '',
    ...(child ? [`  In the nation's roll-up of ${rolled.indicator} it is expected with its own ${child.lines[0].indicator}: ${child.state}`] : []),
    `  Targets published in ${source}`,
  ].join('\n');
}

/** Under which province offices counted on two days. */
export function splitTable(rows, width) {
  const columns = [
    { head: 'Law', cell: (row) => row.decree },
    { head: 'From', cell: (row) => row.from },
    { head: 'Tree of', cell: (row) => row.day },
    { head: 'Offices', cell: (row) => row.offices.join(' '), grows: true },
    { head: 'Under', cell: (row) => [row.before, row.province].filter((_, i) => row.offices.every((one) => row.under[i].includes(one))).join(' ') },
  ];
  return ['The provinces made of Papua and Papua Barat in 2022', '', ...table(columns, rows, width)].join('\n');
}

/** A roll-up: value, target, capaian, coverage, and the missing by name. */
export function rollupTable({ year, items: [row] }, name, width) {
  const { expected, reported, counted, missing } = row.coverage;
  const columns = [
    { head: 'Value, computed', cell: () => `${figureText(row.value.value)} % ${ratioText(row.value)}` },
    { head: 'Target', cell: () => (row.target ? valueText(row.target) : '–'), right: true },
    { head: 'Capaian, computed', cell: () => figureText(row.capaian?.reported), right: true },
    { head: 'Category', cell: () => titleCase(row.capaian?.category ?? '–') },
    { head: 'Expected', cell: () => `${expected}`, right: true },
    { head: 'Reported', cell: () => `${reported}`, right: true },
    { head: 'Counted', cell: () => `${counted}`, right: true },
  ];
  return [
    `Roll-up ${year} of ${name}`,
    '',
    ...wrap(row.name, width - 9).map((line, i) => `  ${(i === 0 ? row.indicator : '').padEnd(5)}  ${line}`),
    '',
    ...table(columns, [row], width),
    '',
    ...missing.length === 0 ? ['  Missing  none']
      : missing.map((office, i) => `  ${i === 0 ? 'Missing' : '       '}  ${office.satker} ${office.name} (${office.state})`),
    `  Made of reports signed at least to the level "${row.minSignOff}", over the tree of ${row.tree}`,
  ].join('\n');
}

/** A value as Indonesian readers write it. */
export function valueText(value) {
  switch (value.kind) {
    case 'percent': return value.value === undefined || value.value === null ? ratioText(value) : `${numberText(value.value)} %`;
    case 'count': return `${numberText(value.value)} ${value.unit}`;
    case 'range': return `${numberText(value.low)}–${numberText(value.high)}`;
    case 'index': return numberText(value.value);
    case 'absent': return value.state;
    default: return value.value;
  }
}

function notes({ line, realization, carriedFrom, target }) {
  const said = [];
  if (realization.numerator !== undefined && realization.numerator !== null) said.push(ratioText(realization).slice(1, -1));
  if (carriedFrom) said.push(`carried over from ${carriedFrom}`);
  if (target.kind === 'index' && realization.kind === 'percent') said.push('an index, stated with a percent sign');
  return said.length === 0 ? [] : [`  No ${line}  ${said.join('; ')}`];
}

/** The computed figure of a line, also where another one is published. */
const computed = (line) => (line.override ? line.override.computedReported : line.capaian?.reported);
const comparison = (one, other) => (typeof one !== 'number' || typeof other !== 'number' ? '' : one === other ? '=' : '≠');
const ratioText = ({ numerator, denominator }) => `(${numberText(numerator)} of ${numberText(denominator)})`;
const numberText = (number) => number.toLocaleString('id-ID', { maximumFractionDigits: 15 });
const figureText = (figure) => figure?.toLocaleString('id-ID', { minimumFractionDigits: 2, maximumFractionDigits: 2 }) ?? '–';
const titleCase = (word) => word.split('-').map((part) => part[0].toUpperCase() + part.slice(1)).join(' ');

// ---- text ----

function table(columns, rows, width) {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const widths = columns.map(({ head }, i) => Math.max(head.length, ...cells.map((row) => row[i].length)));
  const growing = columns.findIndex((column) => column.grows);
  const total = widths.reduce((sum, one) => sum + one, 0) + 2 * columns.length;
  if (growing >= 0 && total > width) widths[growing] -= total - width;
  const line = (row) => `  ${row.map((cell, i) => {
    const text = cut(cell, widths[i]);
    return columns[i].right ? text.padStart(widths[i]) : text.padEnd(widths[i]);
  }).join('  ')}`.trimEnd();
  return [line(columns.map((column) => column.head)), line(widths.map((one, i) => (columns[i].head ? '─'.repeat(one) : ''))),
    ...cells.map(line)];
}

const cut = (text, width) => (text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`);

function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
