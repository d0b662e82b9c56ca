import type { DeclarationRow } from '#api/declarations/declarations.service.ts';
import { Random } from '#api/demo/random.ts';
import type { RecordPassageInput } from '#api/passages/record-passage.input.ts';
import { PassIssuer } from '#api/passes/pass-issuer.service.ts';
import type { Territory } from '#api/territory/territory.service.ts';
import { testKeys } from '#test/test-config.ts';
import { provinceCode } from '../settings.ts';
import type { Stage } from '../stage.ts';

const hour = 3_600_000;
const day = 24 * hour;

export const issuer = new PassIssuer(testKeys.signing);
// A pass holds codes of units, which are their ids but for the year.
const territory = { byId: (id: string) => ({ code: id.split('@')[0] }) } as unknown as Territory;

/** What devices send: people with declarations that hold, passing within one hour somewhere in the last 12 days. */
export class PassageInputs {
  readonly #stage: Stage;
  readonly #checkpoints: string[];
  readonly #random: Random;
  readonly #payloads = new Map<string, string>();

  private constructor(stage: Stage, checkpoints: string[], seed: number) {
    this.#random = new Random(seed);
    this.#stage = stage;
    this.#checkpoints = checkpoints;
  }

  static async of(stage: Stage): Promise<PassageInputs> {
    const { rows } = await stage.owner.query<{ id: string; passages: number }>(
      `select id, (select count(*)::int from passage) as passages from checkpoint where province_code = $1 order by code`,
      [provinceCode],
    );
    // Seeded by what is stored, so that a second run on kept data does not send the same people through again.
    return new PassageInputs(
      stage,
      rows.map(({ id }) => id),
      rows[0]?.passages ?? 0,
    );
  }

  /** Of an hour of the last days, or of the one that begins as told. */
  async batch(
    size: number,
    by: 'declarationId' | 'qrPayload',
    from = Date.now() - this.#random.int(2 * hour, 12 * day),
  ): Promise<RecordPassageInput[]> {
    const { rows } = await this.#stage.owner.query<DeclarationRow>(
      `select * from declaration where province_code = $1 and occurred_at between $2 and $3 order by hashtext(id::text || $4) limit $5`,
      [provinceCode, new Date(from - 60 * hour), new Date(from - 1), this.#random.digits(6), size],
    );
    const checkpointId = this.#random.pick(this.#checkpoints);
    return Promise.all(
      rows.map(async (row) =>
        this.#input(
          row,
          checkpointId,
          from,
          by === 'qrPayload' ? { qrPayload: await this.#payload(row) } : { declarationId: row.id },
        ),
      ),
    );
  }

  #input(
    _row: DeclarationRow,
    checkpointId: string,
    from: number,
    who: Pick<RecordPassageInput, 'qrPayload' | 'declarationId'>,
  ): RecordPassageInput {
    const id = this.#random.uuid7(from + this.#random.int(0, hour));
    return {
      id,
      checkpointId,
      ...who,
      direction: this.#random.pick(['IN', 'OUT'] as const),
      decision: 'ADMITTED',
      evidence: 'QR_AND_CARD',
      recordedOffline: true,
    };
  }

  async #payload(row: DeclarationRow): Promise<string> {
    const known = this.#payloads.get(row.id) ?? (await issuer.issue(row, { keys: testKeys, territory }));
    this.#payloads.set(row.id, known);
    return known;
  }
}
