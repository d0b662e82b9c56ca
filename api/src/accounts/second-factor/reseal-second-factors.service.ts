import type { Keys } from '../../platform/crypto/keys.ts';
import { pageEnd, rekeyPageSize, type RekeyPage } from '../../platform/crypto/rekeying.ts';
import { resealed } from '../../platform/crypto/sealing.ts';
import { nilUuid } from '../../platform/shared/uuid7.ts';
import { totpPurpose } from './totp.ts';

interface FactorRow {
  id: string;
  secret_sealed: Buffer | null;
  offered_sealed: Buffer | null;
}

const sealedFactors = {
  name: 'sealed-factors',
  text: `select account_id as id, secret_sealed, offered_sealed from account_second_factor
         where account_id > $1 order by account_id limit $2`,
};
const reseal = {
  name: 'reseal-factors',
  // Each secret apart: one may be changed or taken away meanwhile.
  text: `update account_second_factor f set
           secret_sealed = case when f.secret_sealed = v.secret_was then v.secret else f.secret_sealed end,
           offered_sealed = case when f.offered_sealed = v.offered_was then v.offered else f.offered_sealed end
         from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[]) as v (id, secret_was, secret, offered_was, offered)
         where f.account_id = v.id`,
};

/** Seals the secrets of second factors under the active key. Accounts stand in no province's shard: the province is not asked. */
export const resealSecondFactors: RekeyPage = async (tx, keys, _province, after) => {
  const rows = await tx.rows<FactorRow>(sealedFactors, [after ?? nilUuid, rekeyPageSize]);
  const due = rows.flatMap((row) => {
    const [secret, offered] = [anew(keys, row.secret_sealed), anew(keys, row.offered_sealed)];
    return secret || offered ? [{ row, secret, offered }] : [];
  });
  if (due.length > 0)
    await tx.rows(reseal, [
      due.map(({ row }) => row.id),
      due.map(({ row, secret }) => secret && row.secret_sealed),
      due.map(({ secret }) => secret),
      due.map(({ row, offered }) => offered && row.offered_sealed),
      due.map(({ offered }) => offered),
    ]);
  return { last: pageEnd(rows.map(({ id }) => id)), changed: due.length };
};

const anew = (keys: Keys, sealed: Buffer | null) => sealed && resealed(keys.sealing, totpPurpose, sealed);
