import type { SpaceSettings } from '../../core/messages/settings'
import { messages } from '../../db/hub/lists/messages'
import { proposals } from '../../db/hub/lists/proposals'
import type { Context } from '../context'
import { type Asker, type HubRequest, openHubRequest } from './hub-request'
import { listPage } from './list-page'
import { viewMessage } from './view-message'
import { viewProposal } from './view-proposal'

const newest = { first: 20, skip: 0 }

interface Dao {
  readonly id: string
  readonly settings: Partial<SpaceSettings>
}

const account = (id: string) => ({ type: 'EthereumAddress', id })

/** What EIP-4824 lists of a DAO, by the last part of its address. */
const parts = {
  members: async (_: HubRequest, { settings }: Dao) => ({
    members: [...(settings.admins ?? []), ...(settings.moderators ?? []), ...(settings.members ?? [])].map(
      account,
    ),
  }),
  contracts: async (_: HubRequest, { settings }: Dao) => ({
    contracts: (settings.treasuries ?? []).map(({ address, name }) => ({ ...account(address), name })),
  }),
  proposals: async (hub: HubRequest, { id }: Dao) => {
    const rows = await listPage(hub, proposals, { ...newest, where: { space: id } }, (row) =>
      viewProposal(hub, row),
    )
    return {
      proposals: await Promise.all(
        rows.map(async ({ id, title, author, link, discussion, state, definedBy }) => {
          const [body, ipfs] = await Promise.all([hub.body.load(id), hub.cid.load(definedBy)])
          return {
            type: 'proposal',
            id,
            name: title,
            contentURI: { body, author, ipfs, link },
            discussionURI: discussion,
            status: state,
            calls: [],
          }
        }),
      ),
    }
  },
  activities: async (hub: HubRequest, { id }: Dao) => {
    const rows = await listPage(hub, messages, { ...newest, where: { space: id } }, viewMessage)
    return {
      activities: rows.map(({ id, type, address }) => ({ id, type, member: account(address) })),
    }
  },
} as const

export type DaoPart = keyof typeof parts
export const daoParts = Object.keys(parts) as readonly DaoPart[]

/**
 * A space as EIP-4824 describes a DAO, or a part of it. `not-found` where there is no such space, `invalid` where the
 * operator has not verified it.
 */
export async function getDao(
  ctx: Context,
  asker: Asker,
  id: string,
  part?: DaoPart,
): Promise<object | 'not-found' | 'invalid'> {
  const hub = openHubRequest(ctx, asker)
  const space = await hub.space.load(id)
  if (!space) return 'not-found'
  if (!space.verified) return 'invalid'
  const base = { '@context': '<http://www.daostar.org/schemas>', type: 'DAO', name: space.name }
  if (part) return { ...base, ...(await parts[part](hub, space)) }
  const url = `${ctx.env.publicUrl}/api/eip4824/${id}`
  return {
    ...base,
    description: space.settings.about ?? '',
    membersURI: `${url}/members`,
    proposalsURI: `${url}/proposals`,
    activityLogURI: `${url}/activities`,
    governanceURI: space.settings.website ?? '',
    contractsURI: `${url}/contracts`,
  }
}
