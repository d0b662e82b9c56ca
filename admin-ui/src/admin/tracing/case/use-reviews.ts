import { ref, shallowRef } from 'vue';
import { ReviewLinkDocument, type LinkReview } from '../../../gql/admin/graphql.ts';
import { useGraphqlClient } from '../../../session/graphql-client.ts';
import { ask } from '../../../session/ask.ts';
import { troubleOf } from '../../request/trouble.ts';
import { t } from '../../texts.ts';
import { useBriefly } from '../../undo.ts';
import type { Link } from './contacts.ts';

/** What a tracer decides on links, with a reason; the last one can be taken back with one press. */
export function useReviews(caseId: () => string, changed: () => void) {
  const client = useGraphqlClient();
  const asking = shallowRef<{ link: Link; review: LinkReview } | null>(null);
  const { shown: last, show } = useBriefly<{ link: Link; review: LinkReview }>();
  const busy = ref(false);
  const trouble = ref<string | null>(null);

  async function send(link: Link, review: LinkReview, reason: string): Promise<boolean> {
    const { source, target, kind } = link;
    busy.value = true;
    const wanted = { caseId: caseId(), source, target, kind, review, reason };
    const { data, problem } = await ask(client, 'mutation', ReviewLinkDocument, wanted);
    busy.value = false;
    trouble.value = problem && troubleOf(problem);
    if (data) changed();
    return data !== null;
  }

  function begin(link: Link, review: LinkReview): void {
    trouble.value = null;
    asking.value = { link, review };
  }
  async function decide(reason: string): Promise<void> {
    const decision = asking.value;
    if (!decision || !(await send(decision.link, decision.review, reason))) return;
    asking.value = null;
    show(decision);
  }
  /** Back to what was decided before. */
  async function undo(): Promise<void> {
    const done = last.value;
    last.value = null;
    if (done) await send(done.link, done.link.review, t('contacts.undoReason'));
  }
  return { asking, last, busy, trouble, begin, decide, undo, cancel: () => (asking.value = null) };
}
export type Reviews = ReturnType<typeof useReviews>;
