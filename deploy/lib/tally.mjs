// Sums test results into one line: tally.mjs RESULT...
//   *.json   CTRF, as xunit.v3 writes it        *.tap   as node --test writes it
//   *.long   the output of a script of tests/long; its last line is "N passed, N failed" (and may add ", N skipped")
// A result that is missing, or that cannot be read, or holds no test, is an error: never a silent 0.
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';

const readers = { '.json': readCtrf, '.tap': readTap, '.long': readLong };
const total = { passed: 0, failed: 0, skipped: 0 };
let unreadable = 0;

for (const file of process.argv.slice(2)) {
  try {
    const counts = readers[extname(file)](readFileSync(file, 'utf8'));
    for (const kind of Object.keys(total)) {
      if (!Number.isInteger(counts[kind])) throw new Error(`no count of ${kind}`);
      total[kind] += counts[kind];
    }
    if (counts.passed + counts.failed + counts.skipped === 0) throw new Error('no test ran');
  } catch (error) {
    unreadable += 1;
    console.error(`${basename(file)}: ${error.message}`);
  }
}

// What cannot be read counts as one failure each, so that the last line never looks better than the run was.
total.failed += unreadable;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function readCtrf(text) {
  const { tests, passed, failed, skipped, pending, other } = JSON.parse(text).results.summary;
  if (passed + failed + skipped + pending + other !== tests) throw new Error('the counts do not add up');
  return { passed, failed: failed + other, skipped: skipped + pending };
}

function readTap(text) {
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };
}

function readLong(text) {
  const line = text.trimEnd().split('\n').at(-1);
  const [, passed, failed, skipped = '0'] = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line) ?? [];
  if (passed === undefined) throw new Error(`its last line is not "N passed, N failed", but "${line}"`);
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}
