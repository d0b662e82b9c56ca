import { startNode, type NodeProcess } from './node-process.ts';
import type { RegistryProcess } from './registry-process.ts';
import { simulatorClient } from '../src/demo/registry/simulated-tokens.ts';

/** The worker as an operator runs it, asking a simulated population database by SOAP. */
export const startWorker = (
  ownerUrl: string,
  simulator: RegistryProcess,
  settings: Record<string, string> = {},
): Promise<NodeProcess> =>
  startNode(ownerUrl, {
    settings: {
      ROLES: 'worker',
      REGISTRY_KIND: 'soap',
      REGISTRY_URL: `${simulator.url}/soap`,
      REGISTRY_TOKEN_URL: `${simulator.url}/token`,
      REGISTRY_CLIENT_ID: simulatorClient.clientId,
      REGISTRY_CLIENT_SECRET: simulatorClient.clientSecret,
      REGISTRY_MA_DVC: 'dvc',
      REGISTRY_MA_DON_VI: 'don-vi',
      REGISTRY_MA_CAN_BO: 'can-bo',
      ...settings,
    },
  });
