#!/usr/bin/env node
// What docs/partners.md uses of curl, for machines that have none.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    'show-error': { type: 'boolean', short: 'S' },
    'fail-with-body': { type: 'boolean' },
    user: { type: 'string', short: 'u' },
    data: { type: 'string', short: 'd' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    'dump-header': { type: 'string', short: 'D' },
    output: { type: 'string', short: 'o' },
    'write-out': { type: 'string', short: 'w' },
  },
});
const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
if (values.user) headers.set('authorization', `Basic ${Buffer.from(values.user).toString('base64')}`);
for (const [, name, value] of values.header.map((line) => /^([^:]+): ?(.*)$/.exec(line))) headers.set(name, value);
const response = await fetch(positionals[0], { method: 'POST', headers, body: values.data });
if (values['dump-header']) for (const [name, value] of response.headers) console.log(`${name}: ${value}`);
const body = await response.text();
if (values.output !== '/dev/null') process.stdout.write(body);
if (values['write-out']) process.stdout.write(`${response.status}\n`);
process.exitCode = values['fail-with-body'] && !response.ok ? 22 : 0;
