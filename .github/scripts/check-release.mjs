// Fails before anything is built where npm would refuse the package, or take it for another version.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { GITHUB_REF_NAME: tag, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
const problems = [];
if (tag !== `v${manifest.version}`) problems.push(`The tag is ${tag}, the version ${manifest.version}.`);
if (!readFileSync('action.yml', 'utf8').includes(` zoho-fields@${manifest.version} `)) {
  problems.push(`action.yml installs another version than ${manifest.version}.`);
}
const address = `git+${server}/${repository}.git`;
if (manifest.repository?.url !== address) {
  problems.push(`npm proves the origin only of a package whose "repository.url" is ${address}.`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
