import type { RecordPassageInput } from '#api/passages/record-passage.input.ts';
import { compare } from '../compare.ts';
import { bodyOf, recordDocument } from '../documents.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import type { Copying } from '../processes/bare.ts';
import { officer } from '../settings.ts';
import { batchSenders, batchSize } from '../sizes.ts';
import type { Stage } from '../stage.ts';
import { issuer, type PassageInputs } from './passage-inputs.ts';

/** Batches over HTTP against the bare statements that write the same rows, and verify the same passes. */
export async function batchFigure(
  stage: Stage,
  inputs: PassageInputs,
  by: 'declarationId' | 'qrPayload',
): Promise<Figure> {
  const name = by === 'qrPayload' ? 'record-500-by-pass' : 'record-500-by-declaration';
  const batches = stage.sizes.perRound.batches;
  const accountId = await officerId(stage);
  let sent: RecordPassageInput[][] = [];
  const cordon = {
    meter: stage.meters.cordon,
    async run() {
      const run = { name, connections: batchSenders, count: batches };
      return (await stage.run(run)).seconds;
    },
  };
  const bare = {
    meter: stage.meters.bare,
    run: async () => (await stage.bare.call<{ seconds: number }>('run', { connections: batchSenders })).seconds,
  };
  const prepare = {
    async cordon() {
      sent = [];
      while (sent.length < batches) sent.push(await inputs.batch(batchSize, by));
      const bodies = sent.map((input) => bodyOf(recordDocument, { input }));
      await stage.load({
        name,
        url: stage.cordonUrl,
        cookie: stage.cookies.officer,
        bodies,
        expected: '"PassageRecorded"',
        unwanted: '"PassageRejected"',
      });
    },
    async reference() {
      const payloads = by === 'qrPayload' ? sent.map((batch) => batch.map(({ qrPayload }) => qrPayload ?? '')) : [];
      const copying: Copying = {
        batches: sent.map((batch) => batch.map(({ id }) => id)),
        payloads,
        accountId,
        keys: issuer.publicKeys,
      };
      await stage.bare.call('prepare', copying);
    },
  };
  const comparison = await compare(
    { ...cordon, prepare: prepare.cordon },
    { ...bare, prepare: prepare.reference },
    stage.sizes.rounds,
    2,
    false,
  );
  const verifying = by === 'qrPayload' ? ' and a loop of the same verifications' : '';
  return comparedFigure(
    {
      name,
      what: `recordPassages by ${batchSize} with ${by}, ${batchSenders} connections, against the bare statements writing the same rows${verifying}`,
      unit: 'passages',
      perRound: batches * batchSize,
      goal: 0.5,
    },
    comparison,
  );
}

async function officerId({ owner }: Stage): Promise<string> {
  const { rows } = await owner.query<{ id: string }>('select id from account where username = $1', [officer]);
  return rows[0]?.id ?? '';
}
