import { defineAsyncComponent, h, type FunctionalComponent } from 'vue';
import { unanswered } from '../../../session/problem.ts';
import ProblemNote from '../../request/ProblemNote.vue';

/** Where it could not be fetched: the network is away, or a newer version is served. */
const Missed: FunctionalComponent = () => h(ProblemNote, { problem: unanswered, onAgain: () => location.reload() });
Missed.inheritAttrs = false;

/** The graph with all that it is drawn by, fetched when it is first looked at. */
export const ContactGraph = defineAsyncComponent({
  loader: () => import('./graph/ContactGraph.vue'),
  errorComponent: Missed,
});
