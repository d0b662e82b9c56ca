import { checkpointOfSign } from '#api/checkpoints/shared/checkpoint-sign.ts';
import type { GraphqlClient } from '../../session/graphql-client.ts';
import { CheckpointSignDocument, type CheckpointSignQuery } from '../../gql/citizen/graphql.ts';
import type { ReadSign } from '../form/draft.ts';

type Unit = NonNullable<CheckpointSignQuery['checkpointSign']>['unit'];

/** What the sign at a checkpoint stands for; null where the server did not answer, and the form is as without it. */
export async function readSign(client: GraphqlClient, value: string): Promise<ReadSign | null> {
  const id = checkpointOfSign(value);
  if (!id) return { kind: 'UNKNOWN' };
  const { data } = await client.query(CheckpointSignDocument, { id }).toPromise();
  if (!data) return null;
  const sign = data.checkpointSign;
  if (!sign) return { kind: 'UNKNOWN' };
  const { name, open, unit } = sign;
  return open ? { kind: 'OPEN', name, near: nearOf(unit) } : { kind: 'CLOSED', name };
}

/** The district, or the province where there is none: the commune is the person's to choose, for few stay where the road is checked. */
function nearOf(unit: Unit) {
  const wide = unit.level === 'COMMUNE' && unit.parent ? unit.parent : unit;
  const above = wide.parent && wide.parent.level !== 'NATION' ? [wide.parent.name] : [];
  return { code: wide.code, path: [wide.fullName, ...above].join(', ') };
}
