import { compare } from '../compare.ts';
import type { CpuMeter } from '../cpu.ts';
import { bodyOf, recordDocument } from '../documents.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import { batchSenders, batchSize } from '../sizes.ts';
import type { Stage } from '../stage.ts';
import type { PassageInputs } from './passage-inputs.ts';

/** Batches with their entry in the audit trail against the same batches without one, by two servers on one database. */
export async function auditFigure(stage: Stage, inputs: PassageInputs): Promise<Figure> {
  const { batches } = stage.sizes.perRound;
  const without = await stage.startWithoutEntries();
  const side = (name: string, url: string, meter: CpuMeter) => ({
    meter,
    async prepare() {
      const bodies: string[] = [];
      while (bodies.length < batches)
        bodies.push(bodyOf(recordDocument, { input: await inputs.batch(batchSize, 'declarationId') }));
      const [expected, unwanted] = ['"PassageRecorded"', '"PassageRejected"'];
      await stage.load({ name, url, cookie: stage.cookies.officer, bodies, expected, unwanted });
    },
    run: async () => (await stage.run({ name, connections: batchSenders, count: batches })).seconds,
  });
  const audited = side('audited', stage.cordonUrl, stage.meters.cordon);
  const bare = side('not audited', without.url, without.meter);
  const comparison = await compare(audited, bare, stage.sizes.rounds, 2, true);
  await without.stop();
  return comparedFigure(
    {
      name: 'record-500-audited',
      what: `recordPassages by ${batchSize}, ${batchSenders} connections, against the same without the audit entry`,
      unit: 'passages',
      perRound: batches * batchSize,
      goal: 0.9,
    },
    comparison,
  );
}
