// npm run admin:issue -- USERNAME "FULL NAME": the nation's administrator, made, or given a new one-time password.
import { z } from 'zod';
import { issueAdministrator, usernamePattern, type Issued } from './accounts/issue-administrator.service.ts';
import { readConfig } from './config.ts';
import { inTransaction, noRows } from './platform/database/transaction.ts';
import { readLine } from './platform/shared/text.ts';
import { explainFailure } from './start-failures.ts';
import { readUnits } from './territory/territory.queries.ts';
import { Territory } from './territory/territory.service.ts';
import { withOwner } from './with-owner.ts';

const usage = 'npm run admin:issue -- USERNAME "FULL NAME"   (a-z, 0-9, full stop, _ or -; 3 to 40 characters)';
const nationCode = 'VN';
const asked = z.object({
  username: z.string().regex(usernamePattern),
  fullName: z
    .string()
    .transform((text) => readLine(text, 120))
    .pipe(z.string()),
});

async function issue({ username, fullName }: z.infer<typeof asked>): Promise<Issued> {
  return withOwner(readConfig(process.env), {}, async (database) => {
    const nation = new Territory(await inTransaction(database, noRows, readUnits)).byCode(nationCode);
    if (!nation) throw new Error('The units are not loaded: start the server once, or run npm run migrate.');
    const scope = { provinces: [nation.provinceCode], unitIds: null, accountId: null };
    return inTransaction(database, scope, (tx) =>
      issueAdministrator(tx, { username, fullName, nation, at: new Date() }),
    );
  });
}

const told = {
  CREATED: 'created; the one-time password, to be changed at the first sign-in:',
  RESET: 'reset: second factor and sessions are gone; the one-time password, to be changed at the next sign-in:',
};

try {
  const [username, fullName] = process.argv.slice(2);
  const wanted = asked.parse({ username, fullName });
  const issued = await issue(wanted);
  if (issued.kind === 'OTHER') {
    console.error(
      `${wanted.username} is no administrator of the nation: whoever stands above resets it in the console.`,
    );
    process.exitCode = 1;
  } else console.log(`${wanted.username} is ${told[issued.kind]}\n${issued.oneTimePassword}`);
} catch (error) {
  console.error(error instanceof z.ZodError ? usage : explainFailure(error));
  process.exitCode = 1;
}
