// Has the solution a package with a known vulnerability? 0: none; 1: these; 3: nobody could know, and nothing was audited.
import { execFileSync } from 'node:child_process';

const dotnet = (...words) => execFileSync('dotnet', words, { encoding: 'utf8' });

const sources = dotnet('nuget', 'list', 'source', '--format', 'short').split('\n')
  .filter((line) => line.startsWith('E ')).map((line) => line.slice(2).trim());
const informed = await Promise.all(sources.map(async (source) => {
  if (!/^https?:/.test(source)) return false;
  return fetch(source).then((answer) => answer.text(), () => '').then((index) => index.includes('VulnerabilityInfo'));
}));
if (!informed.includes(true)) {
  console.log('NOT AUDITED: no configured package source tells of vulnerabilities of NuGet packages.');
  process.exit(3);
}

const report = JSON.parse(
  dotnet('list', 'package', '--vulnerable', '--include-transitive', '--format', 'json').replace(/^[^{]*/, ''));
const found = report.projects.flatMap((project) => (project.frameworks ?? []).flatMap((framework) =>
  [...(framework.topLevelPackages ?? []), ...(framework.transitivePackages ?? [])]));
for (const { id, resolvedVersion, vulnerabilities } of found) {
  const reasons = vulnerabilities.map(({ severity, advisoryurl }) => `${severity} ${advisoryurl}`).join(', ');
  console.error(`${id} ${resolvedVersion}: ${reasons}`);
}
if (found.length > 0) process.exit(1);
console.log(`No known vulnerability in ${report.projects.length} projects.`);
