import { createApp } from 'vue';
import { graphqlClientKey } from '../session/graphql-client.ts';
import '../session/theme.ts';
import '../ui/base.css';
import '../ui/field.css';
import './citizen.css';
import CitizenApp from './CitizenApp.vue';
import { loadClient, patientClient } from './patient-client.ts';
import { ready } from './texts.ts';

void ready.then(() => createApp(CitizenApp).provide(graphqlClientKey, patientClient).mount('#app'));
// Right behind the page: nothing is asked before something was typed.
void ready.then(loadClient).catch(() => undefined);
// Without the worker all works but opening without network.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
