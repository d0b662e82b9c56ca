import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../../platform/graphql/context.ts';
import { rootFieldOf } from '../../platform/graphql/root-field.ts';

/** Keeps what went wrong for a partner app, by code and root field; a spent budget is told by the status too. */
export const notePartnerErrors: ApolloServerPlugin<RequestContext> = {
  async requestDidStart({ contextValue: { metered } }) {
    if (!metered) return;
    return {
      async willSendResponse({ response, operation }) {
        if (response.body.kind !== 'single') return;
        const codes = (response.body.singleResult.errors ?? []).map(({ extensions }) => String(extensions?.['code']));
        const [code] = codes;
        if (!code) return;
        if (codes.includes('RATE_LIMITED')) response.http.status = 429;
        await metered.noteError(code, rootFieldOf(operation));
      },
    };
  },
};
