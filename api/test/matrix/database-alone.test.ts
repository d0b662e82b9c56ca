import { vi } from 'vitest';
import { describeMatrix } from './three-ways.ts';

const provinces = ['VN', ...Array.from({ length: 96 }, (_, code) => String(code + 1).padStart(2, '0'))];
const filter = vi.hoisted(() => ({ isOff: false, checkpointIds: [] as string[] }));

// The application's filter is switched off where it is made: whoever may do a thing at all may do it to every row, as if
// each query had forgotten its scope. What is left is row-level security.
vi.mock('#api/policy/policy.ts', async (original) => {
  const policy = await original<typeof import('#api/policy/policy.ts')>();
  return {
    ...policy,
    permit(...[context, action]: Parameters<typeof policy.permit>) {
      const scope = policy.permit(context, action);
      if (!filter.isOff) return scope;
      return { provinces, unitIds: null, checkpointIds: scope.checkpointIds && filter.checkpointIds };
    },
  };
});

describeMatrix('DATABASE', async ({ sql }) => {
  filter.checkpointIds = (await sql<{ id: string }>('select id from checkpoint')).map(({ id }) => id);
  filter.isOff = true;
});
