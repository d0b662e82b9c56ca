import { compare } from '../compare.ts';
import { bodyOf, recordDocument } from '../documents.ts';
import { comparedFigure, type Figure } from '../figure.ts';
import { singleSenders } from '../sizes.ts';
import type { Stage } from '../stage.ts';
import type { PassageInputs } from './passage-inputs.ts';

/** One passage a request, as a checkpoint with network sends it, against a handler by hand with the same statements. */
export async function singleFigure(stage: Stage, inputs: PassageInputs): Promise<Figure> {
  const perRound = stage.sizes.perRound.singles;
  const side = (which: 'cordon' | 'reference') => {
    const name = `record-1 of ${which}`;
    const url = which === 'cordon' ? stage.cordonUrl : `${stage.referenceUrl}/record`;
    return {
      meter: stage.meters[which],
      async prepare() {
        const passages = await inputs.batch(perRound, 'declarationId');
        const bodies = passages.map((passage) => bodyOf(recordDocument, { input: [passage] }));
        await stage.load({
          name,
          url,
          cookie: stage.cookies.officer,
          bodies,
          expected: '"PassageRecorded"',
          unwanted: '"PassageRejected"',
        });
      },
      run: async () => (await stage.run({ name, connections: singleSenders, count: perRound })).seconds,
    };
  };
  const comparison = await compare(side('cordon'), side('reference'), stage.sizes.rounds, 2, true);
  return comparedFigure(
    {
      name: 'record-1',
      what: `recordPassages one by one, ${singleSenders} connections, against Node http and pg with the same statements`,
      unit: 'passages',
      perRound,
      goal: 0.5,
    },
    comparison,
  );
}
