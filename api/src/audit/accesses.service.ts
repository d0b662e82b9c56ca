import type { LoaderDefinition } from '../platform/graphql/loaders.ts';
import type { Role } from '../policy/viewer.ts';

/** One look, its unit by id. */
export interface AccessRow {
  subject_id: string;
  at: Date;
  role: Role;
  unit_id: string;
  action: string;
  reason: string | null;
  app: string | null;
}

/** Whose looks: the newest so many at a subject that is there since then. */
export interface LooksAt {
  provinceCode: string;
  subjectId: string;
  since: Date;
  first: number;
}

const accesses = {
  name: 'accesses',
  text: `select subject_id, at, role, unit_id, action, reason, app from (
           select a.*, row_number() over (partition by a.subject_id order by a.at desc, a.entry_id desc) as place
           from audit_access a where a.province_code = $1 and a.subject_id = any($2) and a.at >= $3) w
         where place <= $4 order by at desc`,
};

/** The looks that were sealed, the newest first: for a receipt, whose scope is one province. */
export const accessLoader: LoaderDefinition<LooksAt, AccessRow[]> = {
  cacheKey: ({ subjectId, first }) => `${subjectId} ${first}`,
  async load(context, wanted) {
    const tx = await (context.transactions.open ?? context.transaction());
    const since = new Date(Math.min(...wanted.map((one) => one.since.getTime())));
    const subjects = wanted.map(({ subjectId }) => subjectId);
    const first = Math.max(...wanted.map((one) => one.first));
    const rows = await tx.rows<AccessRow>(accesses, [wanted[0]?.provinceCode, subjects, since, first]);
    return wanted.map((one) => rows.filter((row) => row.subject_id === one.subjectId).slice(0, one.first));
  },
};
