import { execFileSync } from 'node:child_process';
import { breakingChanges } from './rules.ts';

const file = 'schema.graphql';
const trailer = 'Breaking-Schema';

/**
 * The breaking changes that nobody meant: of the last 50 commits that touched the schema since it stands, and of the
 * working tree. A meant one says why in a trailer of its commit's message: `Breaking-Schema: <why>`.
 */
export async function unmeantBreaks(root: string, standsSince: string, now: string): Promise<string[]> {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  const at = (commit: string): string | null => attempt(() => git('show', `${commit}:${file}`));
  const judge = async (before: string | null, after: string, what: string): Promise<string[]> => {
    if (before === null || before === after) return [];
    return (await breakingChanges(before, after)).map((message) => `${what}: ${message}`);
  };

  const stands = (line: string): boolean => Date.parse(line.split(' ')[1] ?? '') >= Date.parse(standsSince);
  const commits = attempt(() => git('log', '-50', '--format=%H %cI', '--', file).trim().split('\n')) ?? [];
  const found: string[] = [];
  for (const commit of commits.filter(stands).map((line) => line.slice(0, 40))) {
    const why = git('log', '-1', `--format=%(trailers:key=${trailer},valueonly)`, commit).trim();
    const after = at(commit);
    if (why === '' && after !== null) found.push(...(await judge(at(`${commit}^`), after, commit.slice(0, 7))));
  }
  const uncommitted = Date.now() >= Date.parse(standsSince) ? await judge(at('HEAD'), now, 'not yet committed') : [];
  return [...found, ...uncommitted];
}

function attempt<Value>(run: () => Value): Value | null {
  try {
    return run();
  } catch {
    return null;
  }
}
