import { createApp } from 'vue';
import { createGraphqlClient, graphqlClientKey } from '../session/graphql-client.ts';
import '../session/theme.ts';
import '../ui/base.css';
import '../ui/field.css';
import './citizen.css';
import CitizenApp from './CitizenApp.vue';
import { ready } from './texts.ts';

void ready.then(() => createApp(CitizenApp).provide(graphqlClientKey, createGraphqlClient()).mount('#app'));
// Without the worker all works but opening without network.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/sw.js').catch(() => undefined);
