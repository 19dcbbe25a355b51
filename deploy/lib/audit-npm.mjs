// Has a folder a package with a known vulnerability? 0: none; 1: these; 3: nobody could know, and nothing was audited.
import { spawnSync } from 'node:child_process';

const [folder] = process.argv.slice(2);
const report = read(spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: folder, encoding: 'utf8' }).stdout);

if (!report.metadata?.vulnerabilities) {
  console.log(`NOT AUDITED: the registry told nothing of the npm packages of ${folder}.`);
  process.exitCode = 3;
} else if (report.metadata.vulnerabilities.total > 0) {
  for (const { name, severity, range } of Object.values(report.vulnerabilities)) {
    console.error(`${folder}: ${name} ${range}: ${severity}`);
  }
  process.exitCode = 1;
} else {
  console.log(`No known vulnerability in ${folder}.`);
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // Something between here and the registry answered in its place.
  }
}
