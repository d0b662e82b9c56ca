import { createApp } from 'vue';
import '../session/theme.ts';
import { createGraphqlClient, graphqlClientKey } from '../session/graphql-client.ts';
import '../ui/base.css';
import App from './CitizenApp.vue';

createApp(App).provide(graphqlClientKey, createGraphqlClient()).mount('#app');
