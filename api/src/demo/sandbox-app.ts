import type pg from 'pg';
import { sha256 } from '../platform/crypto/lookup.ts';
import type { Territory } from '../territory/territory.service.ts';
import { demoProvinceCode } from './places.ts';

export const sandboxAppId = '01990000-0000-7000-8000-5a4db0c0a380';

/** A partner app to try everything with; the secret that is printed works, whatever somebody did to the app since. */
export async function keepSandboxApp(
  owner: pg.Client,
  territory: Territory,
  { secret, now }: { secret: string; now: Date },
): Promise<void> {
  const unit = territory.byCode(demoProvinceCode);
  await owner.query(
    `insert into partner_app (id, name, purpose, scopes, unit_id, province_code, requests_per_minute, cost_per_minute,
       secret_number, secret_hash, secret_made_at, demo, created_at)
     values ($1, 'Sổ sức khỏe thử nghiệm', 'Thử kết nối với dữ liệu mẫu', '{declarations:read,declarations:write,statistics:read}',
       $2, $3, 600, 600000, 1, $4, $5, true, $5)
     on conflict on constraint partner_app_pkey do update set secret_hash = excluded.secret_hash, revoked_at = null`,
    [sandboxAppId, unit?.id ?? '', demoProvinceCode, sha256(secret), now],
  );
}
