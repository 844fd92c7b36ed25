import { z } from 'zod'
import { refuse } from '../errors'
import {
  account,
  distinct,
  jsonObject,
  link,
  name,
  network,
  parseJson,
  readPayload,
  text,
  uri,
} from './payload-fields'
import type { ResolvedMessage } from './resolve-message'

const color = z.string().regex(/^#[0-9A-F]{6}$/, { error: 'must look like #1A2B3C' })
const accounts = distinct(account, 100)
const check = (nameMax: number) => z.strictObject({ name: text(nameMax), params: jsonObject.optional() })

/**
 * A space's settings, as the JSON text inside a signed `Space` message: Snapshot's schema, which refuses unknown keys,
 * so settings of our own live under `plugins.comitia`. What differs: any chain id passes here, URIs are web addresses,
 * and names have to be seen.
 */
export const settingsSchema = z.strictObject({
  name: name(32),
  private: z.boolean().optional(),
  about: text(160).optional(),
  guidelines: link.optional(),
  terms: link.optional(),
  avatar: link.optional(),
  cover: link.optional(),
  website: link.optional(),
  template: text(1024).optional(),
  location: text(24).optional(),
  twitter: text(15)
    .regex(/^[A-Za-z0-9_]*$/)
    .optional(),
  github: text(39)
    .regex(/^[A-Za-z0-9_-]*$/)
    .optional(),
  coingecko: text(32)
    .regex(/^[a-z0-9-]*$/)
    .optional(),
  farcaster: z.string().optional(),
  email: text(32).optional(),
  network,
  symbol: name(16, 0).optional(),
  skin: text(32).optional(),
  domain: text(64)
    .regex(/^(https:\/\/)?([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}\/?$/, { error: 'must be a domain name' })
    .optional(),
  discussions: uri.max(256).optional(),
  discourseCategory: z.int().min(1).optional(),
  strategies: distinct(
    z.strictObject({ name: text(64), network: network.optional(), params: jsonObject.optional() }),
    Number.POSITIVE_INFINITY,
    1,
  ),
  admins: accounts.optional(),
  moderators: accounts.optional(),
  members: accounts.optional(),
  filters: z
    .strictObject({
      defaultTab: z.string().optional(),
      minScore: z.number().min(0).optional(),
      onlyMembers: z.boolean().optional(),
      invalids: z.array(text(64)).optional(),
    })
    .optional(),
  validation: check(64).optional(),
  voteValidation: check(32).optional(),
  followValidation: check(32).optional(),
  delegationPortal: z
    .strictObject({
      delegationType: z.enum(['compound-governor', 'split-delegation', 'apechain-delegate-registry']),
      delegationContract: account,
      delegationNetwork: network.optional(),
      delegationApi: uri,
    })
    .optional(),
  allowAlias: z.boolean().optional(),
  plugins: jsonObject.optional(),
  voting: z
    .strictObject({
      /** Seconds between a proposal's timestamp and its start. */
      delay: z.int().min(0).max(2_592_000).optional(),
      /** Seconds between start and end. */
      period: z.int().min(0).max(31_622_400).optional(),
      type: z.string().optional(),
      quorum: z.number().min(0).optional(),
      quorumType: z.enum(['rejection']).optional(),
      blind: z.boolean().optional(),
      hideAbstain: z.boolean().optional(),
      aliased: z.boolean().optional(),
      privacy: z.enum(['', 'shutter', 'any']).optional(),
    })
    .optional(),
  categories: z
    .array(
      z.enum([
        'protocol',
        'social',
        'investment',
        'grant',
        'service',
        'media',
        'creator',
        'collector',
        'ai-agent',
        'gaming',
        'wallet',
        'music',
        'layer-2',
        'defai',
        'defi',
        'rwa',
        'depin',
        'meme',
      ]),
    )
    .max(2)
    .optional(),
  treasuries: distinct(z.strictObject({ name: name(64), address: account, network }), 10).optional(),
  labels: distinct(
    z.strictObject({ id: text(8, 1), name: name(32), description: text(100).optional(), color }),
    10,
  ).optional(),
  parent: z.string().optional(),
  children: distinct(z.string(), 16).optional(),
  boost: z.strictObject({ enabled: z.boolean(), bribeEnabled: z.boolean() }).optional(),
  skinSettings: z
    .strictObject({
      bg_color: color.optional(),
      link_color: color.optional(),
      text_color: color.optional(),
      content_color: color.optional(),
      border_color: color.optional(),
      heading_color: color.optional(),
      primary_color: color.optional(),
      header_color: color.optional(),
      theme: z.enum(['light', 'dark']).optional(),
      logo: link.optional(),
    })
    .optional(),
})

export type SpaceSettings = z.output<typeof settingsSchema>

/**
 * The settings in a `Space` message, addresses in EIP-55. They replace the space's former settings as a whole.
 *
 * @throws AppError `invalid`: `id too long` | `wrong space format` (`details.issues` says where)
 */
export function parseSettings(message: ResolvedMessage['message']): SpaceSettings {
  if (String(message.space).length > 64) refuse('id too long')
  return readPayload(settingsSchema, parseJson(message.settings), 'wrong space format')
}
