import { createApp } from 'vue';
import '../session/theme.ts';
import { createGraphqlClient } from '../session/create-graphql-client.ts';
import { graphqlClientKey } from '../session/graphql-client.ts';
import '../ui/base.css';
import '../ui/font.css';
import './admin.css';
import AdminApp from './AdminApp.vue';
import { router } from './routes.ts';
import { ready } from './texts.ts';

const client = createGraphqlClient();
void ready.then(() => createApp(AdminApp, { client }).provide(graphqlClientKey, client).use(router).mount('#app'));
