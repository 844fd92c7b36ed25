import { z } from 'zod'
import { anyDecimals, symbol } from './contract-address'
import { defineStrategy } from './strategy'
import { hostOf, isWebAddress, measureOnWeb, webAddress } from './web-scores'

/** Where an answer is a file for everybody. */
const gateways = [
  'https://gateway.pinata.cloud/ipfs/',
  'https://ipfs.io/ipfs/',
  'https://cloudflare-ipfs.com/ipfs/',
]

const paramsSchema = z
  .object({
    api: webAddress,
    /** The rest of the path. */
    strategy: z.string().max(2_000).default(''),
    /** More of the query, as `name=value&…`. */
    additionalParameters: z.string().max(2_000).default(''),
    /** The answer is the same for everybody: no voter is named to it. */
    staticFile: z.boolean().default(false),
    decimals: anyDecimals.default(0),
    symbol,
  })
  .refine(({ api, strategy }) => isWebAddress(`${api}/${strategy}`), 'must give a web address together')

/** What another server says, asked by GET. */
export const api = defineStrategy({
  id: 'api',
  version: 1,
  label: 'What another server says',
  paramsSchema,
  example: { api: 'https://example.org', strategy: 'scores', decimals: 0 },
  describe: ({ api }) => `Whatever ${hostOf(api)} says of the voter; nobody can check it later`,
  explainZero: ({ api }) => `The server ${hostOf(api)} gave you no votes. Ask those who run it.`,
  demands: () => ({ web: 1 }),
  measure(ctx, request) {
    const { api, strategy, additionalParameters, staticFile, decimals } = request.params
    const { chainId, number } = request.block
    const base = `${api}/${strategy}`
    const isList = staticFile || base.endsWith('.json') || gateways.some((start) => base.startsWith(start))
    const rest = additionalParameters ? `&${additionalParameters}` : ''
    return measureOnWeb(ctx, request, {
      id: 'api',
      decimals,
      isList,
      ask: (voters) => ({
        url: isList
          ? `${base}${rest}`
          : `${base}?network=${chainId}&snapshot=${number}&addresses=${voters.join(',')}${rest}`,
      }),
    })
  },
})
