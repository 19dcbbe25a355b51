// Fails when a package of a folder has a known vulnerability; says plainly when nobody could know.
import { spawnSync } from 'node:child_process';

const [folder] = process.argv.slice(2);
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: folder, encoding: 'utf8' });
const report = JSON.parse(stdout);

if (!report.metadata?.vulnerabilities) {
  console.log(`NOTICE: the registry did not answer the audit; the npm packages of ${folder} were NOT audited.`);
} else if (report.metadata.vulnerabilities.total > 0) {
  for (const { name, severity, range } of Object.values(report.vulnerabilities)) {
    console.error(`${name} ${range}: ${severity}`);
  }
  process.exit(1);
} else {
  console.log(`No known vulnerability in ${folder}.`);
}
