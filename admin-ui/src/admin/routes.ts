import { createRouter, createWebHistory } from 'vue-router';
import AccountsPage from './accounts/AccountsPage.vue';
import CheckpointsPage from './checkpoints/CheckpointsPage.vue';
import DeclarationsPage from './declarations/DeclarationsPage.vue';
import OverviewPage from './overview/OverviewPage.vue';
import PassagesPage from './passages/PassagesPage.vue';

export const router = createRouter({
  history: createWebHistory('/admin'),
  routes: [
    { path: '/', name: 'overview', component: OverviewPage },
    { path: '/checkpoints', name: 'checkpoints', component: CheckpointsPage },
    { path: '/declarations', name: 'declarations', component: DeclarationsPage },
    { path: '/passages', name: 'passages', component: PassagesPage },
    { path: '/accounts', name: 'accounts', component: AccountsPage },
    { path: '/:unknown(.*)*', redirect: '/' },
  ],
});
