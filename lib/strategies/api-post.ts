import { z } from 'zod'
import { anyDecimals } from './contract-address'
import { defineStrategy } from './strategy'
import { hostOf, measureOnWeb, webAddress } from './web-scores'

/** What another server says, asked by POST. */
export const apiPost = defineStrategy({
  id: 'api-post',
  version: 1,
  label: 'What another server says, asked by POST',
  // The server gets all parameters, its own too.
  paramsSchema: z.looseObject({ api: webAddress, decimals: anyDecimals.optional() }),
  example: { api: 'https://example.org/scores', decimals: 0 },
  describe: ({ api }) => `Whatever ${hostOf(api)} says of the voter; nobody can check it later`,
  explainZero: ({ api }) => `The server ${hostOf(api)} gave you no votes. Ask those who run it.`,
  demands: () => ({ web: 1 }),
  measure(ctx, request) {
    const { params, block } = request
    const network = String(block.chainId)
    return measureOnWeb(ctx, request, {
      id: 'api-post',
      decimals: params.decimals ?? 18,
      ask: (addresses) => ({
        url: params.api,
        body: JSON.stringify({ options: params, network, snapshot: Number(block.number), addresses }),
      }),
    })
  },
})
