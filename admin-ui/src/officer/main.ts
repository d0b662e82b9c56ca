import { createApp } from 'vue';
import '../session/theme.ts';
import { createGraphqlClient, graphqlClientKey } from '../session/graphql-client.ts';
import '../ui/base.css';
import '../ui/font.css';
import './officer.css';
import OfficerApp from './OfficerApp.vue';
import { createRecorder, recorderKey } from './record/recorder.ts';
import { ready } from './texts.ts';

const client = createGraphqlClient();
const recorder = createRecorder(client);
void ready.then(() =>
  createApp(OfficerApp, { client, recorder })
    .provide(graphqlClientKey, client)
    .provide(recorderKey, recorder)
    .mount('#app'),
);
