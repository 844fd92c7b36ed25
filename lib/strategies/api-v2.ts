import { z } from 'zod'
import { anyDecimals } from './contract-address'
import { defineStrategy } from './strategy'
import { hostOf, isWebAddress, measureOnWeb } from './web-scores'

const GATEWAY = 'https://gateway.pinata.cloud/ipfs/'

const paramsSchema = z
  .looseObject({
    url: z.string().max(2_000),
    type: z.enum(['api-get', 'api-post', 'ipfs', 'json'], 'There is no such type.').default('api-get'),
    /** More of the query, as `name=value&…`. */
    additionalParameters: z.string().max(2_000).optional(),
    decimals: anyDecimals.optional(),
  })
  .refine(({ url, type }) => isWebAddress(type === 'ipfs' ? gatewayUrl(url) : url), {
    error: 'must be a web address that starts with https://',
    path: ['url'],
  })

/** What another server says, asked by GET or POST, or a file. */
export const apiV2 = defineStrategy({
  id: 'api-v2',
  version: 1,
  label: 'What another server says, or a file',
  paramsSchema,
  example: { url: 'https://example.org/scores', type: 'api-get', decimals: 0 },
  describe: ({ url, type }) =>
    type === 'ipfs'
      ? `What the file ${url} says of the voter, as a gateway hands it out`
      : `Whatever ${hostOf(url)} says of the voter; nobody can check it later`,
  explainZero: ({ url }) => `${url} gave you no votes. Ask those who run it.`,
  demands: () => ({ web: 1 }),
  measure(ctx, request) {
    const { params, block } = request
    const { url, type, additionalParameters, decimals = 0 } = params
    const network = String(block.chainId)
    const snapshot = Number(block.number)
    const rest = additionalParameters ? `&${additionalParameters}` : ''
    return measureOnWeb(ctx, request, {
      id: 'api-v2',
      decimals,
      isList: type === 'ipfs' || type === 'json',
      ask(addresses) {
        switch (type) {
          case 'ipfs':
            return { url: gatewayUrl(url) }
          case 'json':
            return { url }
          case 'api-get':
            return {
              url: `${url}?network=${network}&snapshot=${snapshot}&addresses=${addresses.join(',')}${rest}`,
            }
          case 'api-post':
            return { url, body: JSON.stringify({ options: params, network, snapshot, addresses }) }
        }
      },
    })
  },
})

function gatewayUrl(url: string): string {
  return url.replace('ipfs://', GATEWAY)
}
