import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from '../observability/logger.ts';
import type { RequestContext } from './context.ts';
import { createExecutor, isolateMutations, nameTypesAtOnce, type Operation } from './executor.ts';
import { formatError } from './format-error.ts';
import { boundVariables } from './input-bounds.ts';
import { logUnexpected } from './log-unexpected.ts';
import { noteRefusals } from './note-refusals.ts';
import { armor, costPlugin } from './limits.ts';
import { rootFieldOf } from './root-field.ts';

const isOurs = ({ extensions }: GraphQLFormattedError): boolean =>
  ['INTERNAL', 'UNAVAILABLE'].includes(String(extensions?.['code']));

/**
 * Clients that accept only application/json get 200 for a request that could not be run, as GraphQL over HTTP has it;
 * Apollo answers 400 (findings/security.md section 1).
 */
const legacyStatus: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        if (response.body.kind !== 'single' || 'data' in response.body.singleResult) return;
        const { errors = [] } = response.body.singleResult;
        // What the client got wrong is no failure of the server, whenever it was noticed.
        if (response.http.status === 500 && !errors.some(isOurs)) response.http.status = 400;
        if (accept && !/graphql-response\+json|\*\/\*/.test(accept) && response.http.status === 400)
          response.http.status = 200;
      },
    };
  },
};

export function createApollo(options: {
  schema: GraphQLSchema;
  introspection: boolean;
  logger: Logger;
  plugins: ApolloServerPlugin<RequestContext>[];
}) {
  const { schema, logger } = options;
  isolateMutations(schema);
  noteRefusals(schema);
  nameTypesAtOnce(schema);
  const execute = createExecutor(schema, logger);
  return new ApolloServer<RequestContext>({
    gateway: {
      async load() {
        return {
          executor: (request) =>
            execute({ ...request, variables: request.request.variables ?? {} } as unknown as Operation) as never,
        };
      },
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      stop: async () => undefined,
    },
    introspection: options.introspection,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    ...armor(),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      boundVariables,
      costPlugin(schema),
      errorTexts(logger),
      legacyStatus,
      ...options.plugins,
    ],
  });
}

/** Formats errors where the request's language is known, and logs what nobody expected, without its insides. */
function errorTexts(logger: Logger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ contextValue }) {
      const { locale, requestId } = contextValue;
      return {
        async didEncounterErrors({ errors, operation }) {
          logUnexpected(logger, errors, { requestId, field: rootFieldOf(operation) }, 'an operation failed');
        },
        async willSendResponse({ response, errors }) {
          if (response.body.kind !== 'single' || !errors) return;
          const formatted = response.body.singleResult.errors ?? [];
          response.body.singleResult.errors = formatted.map((error, index) =>
            formatError(error, errors[index], locale, requestId),
          );
        },
      };
    },
  };
}
