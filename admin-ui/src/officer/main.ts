import { createApp } from 'vue';
import '../session/theme.ts';
import { createGraphqlClient } from '../session/create-graphql-client.ts';
import { graphqlClientKey } from '../session/graphql-client.ts';
import '../ui/base.css';
import '../ui/font.css';
import './officer.css';
import OfficerApp from './OfficerApp.vue';
import { createMismatchWatch, mismatchWatchKey } from './mismatches/mismatch-watch.ts';
import { createPaperDesk, paperDeskKey } from './paper/paper-desk.ts';
import { createRecorder, recorderKey } from './record/recorder.ts';
import { ready } from './texts.ts';

const client = createGraphqlClient();
const recorder = createRecorder(client);
const desk = createPaperDesk(client);
const watching = createMismatchWatch(client);
void ready.then(() =>
  createApp(OfficerApp, { client, recorder, desk })
    .provide(graphqlClientKey, client)
    .provide(recorderKey, recorder)
    .provide(paperDeskKey, desk)
    .provide(mismatchWatchKey, watching)
    .mount('#app'),
);
