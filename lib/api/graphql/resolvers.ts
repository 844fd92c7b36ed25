import type { GraphQLResolveInfo } from 'graphql'
import { refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { toDouble } from '../../core/tally/fixed-point'
import type { HubList, HubWhere } from '../../db/hub/hub-list'
import { listRoles } from '../../db/hub/list-roles'
import { aliases } from '../../db/hub/lists/aliases'
import { follows, type HubFollow } from '../../db/hub/lists/follows'
import { messages } from '../../db/hub/lists/messages'
import { type HubParticipation, participations } from '../../db/hub/lists/participations'
import { proposals } from '../../db/hub/lists/proposals'
import { spaces } from '../../db/hub/lists/spaces'
import { type HubStatement, statements } from '../../db/hub/lists/statements'
import { type HubSubscription, subscriptions } from '../../db/hub/lists/subscriptions'
import { users } from '../../db/hub/lists/users'
import { votes } from '../../db/hub/lists/votes'
import { findReceipt, findSignature } from '../../services/hub/find-receipt'
import type { HubRequest } from '../../services/hub/hub-request'
import { listItems, listNetworks } from '../../services/hub/list-items'
import { countRows, type ListArguments, type ListLimits, listPage } from '../../services/hub/list-page'
import { listRanking } from '../../services/hub/list-ranking'
import { findUser, listUsers } from '../../services/hub/list-users'
import { type InTurn, measureVp, type VpQuestion } from '../../services/hub/measure-vp'
import { rankSpaces } from '../../services/hub/rank-spaces'
import { rankStrategies } from '../../services/hub/rank-strategies'
import { type MessageNode, viewMessage } from '../../services/hub/view-message'
import { type ProposalNode, viewProposal } from '../../services/hub/view-proposal'
import { type SpaceNode, viewSpace } from '../../services/hub/view-space'
import type { UserNode } from '../../services/hub/view-user'
import { type VoteNode, viewVote } from '../../services/hub/view-vote'
import { listOptions } from '../../services/options/list-options'
import { describeValidations } from '../../services/score/describe-validations'
import { asksOnlyForId } from './asks-only-for-id'

/** What fields are resolved in. */
export interface GraphqlRequest extends HubRequest {
  /** How chains are read for it. */
  readonly inTurn: InTurn
}

type Resolver = (source: never, args: never, hub: GraphqlRequest, info: GraphQLResolveInfo) => unknown

interface ById {
  readonly id: string
}

const limits: Readonly<Record<string, ListLimits>> = {
  spaces: { skip: 100_000 },
  proposals: { in: { space_in: 10_000 } },
}

function page<Row>(
  name: string,
  list: HubList<Row>,
  view: (row: Row, hub: HubRequest) => object,
): Readonly<Record<string, Resolver>> {
  return {
    [name]: (_: unknown, args: ListArguments, hub) =>
      listPage(hub, list, args, (row) => view(row, hub), limits[name]),
    [`${name}Count`]: count(list, limits[name]),
  }
}

function count(list: HubList<unknown>, limits?: ListLimits): Resolver {
  return (_: unknown, { where }: { where?: HubWhere }, hub) => countRows(hub, list, where, limits)
}

/** The one row of that id, or null. */
async function one<Row>(list: HubList<Row>, view: (row: Row) => object, { id }: ById, hub: HubRequest) {
  const [found] = await listPage(hub, list, { first: 1, skip: 0, where: { id } }, view)
  return found ?? null
}

const viewFollow = ({ spaceId, ...row }: HubFollow | HubSubscription) => ({ ...row, space: spaceId })
const viewStatement = ({ spaceId, ...row }: HubStatement) => ({ ...row, space: spaceId })
const viewParticipation = (row: HubParticipation) => ({
  space: row.spaceId,
  user: row.address,
  proposalsCount: row.proposalCount,
  votesCount: row.voteCount,
  lastVote: row.lastVote,
  vpValue: 0,
})

async function spaceOf(id: string, hub: HubRequest, info: GraphQLResolveInfo) {
  if (asksOnlyForId(info)) return { id }
  const row = await hub.space.load(id)
  return row ? viewSpace(row) : null
}

async function proposalOf(id: string, hub: HubRequest, info: GraphQLResolveInfo) {
  if (asksOnlyForId(info)) return { id }
  const row = await hub.proposal.load(id)
  return row ? viewProposal(hub, row) : null
}

/** What belongs to a row and is read for many rows together, only where it is asked for. */
const ofSpace = (source: { readonly space: string }, _: unknown, hub: HubRequest, info: GraphQLResolveInfo) =>
  spaceOf(source.space, hub, info)
const cidOf = async (id: string, hub: HubRequest) => (await hub.cid.load(id)) ?? ''
const ofMessage = (source: ById, _: unknown, hub: HubRequest) => cidOf(source.id, hub)
const receipt = (source: ById, _: unknown, hub: HubRequest) => findReceipt(hub, source.id)
const activity =
  (name: 'activeProposals' | 'proposals1d' | 'proposals7d' | 'proposals30d' | 'followers7d' | 'votes7d') =>
  async (space: SpaceNode, _: unknown, hub: HubRequest) =>
    (await hub.activity.load(space.id))?.[name] ?? 0
const participation =
  (name: 'proposals' | 'votes' | 'lastVote', none: number | null) =>
  async (user: UserNode, _: unknown, hub: HubRequest) =>
    (await hub.participation.load(user.id))?.[name] ?? none

async function countOf(proposal: ById, hub: HubRequest) {
  return (await hub.count.load(proposal.id)) ?? { scores: [], scoresByStrategy: [], total: '0' }
}

/** How each field is found that is not simply there. */
export const resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>> = {
  Query: {
    ...page('spaces', spaces, viewSpace),
    ...page('proposals', proposals, (row, hub) => viewProposal(hub, row)),
    ...page('votes', votes, viewVote),
    ...page('messages', messages, viewMessage),
    ...page('aliases', aliases, (row) => row),
    ...page('follows', follows, viewFollow),
    ...page('subscriptions', subscriptions, viewFollow),
    ...page('statements', statements, viewStatement),
    ...page('leaderboards', participations, viewParticipation),
    users: (_: unknown, args: ListArguments, hub) => listUsers(hub, args),
    usersCount: count(users),
    user: (_: unknown, { id }: ById, hub) => findUser(hub, id),
    space: async (_: unknown, { id }: ById, hub) => {
      const row = await hub.space.load(id.toLowerCase())
      return row ? viewSpace(row) : null
    },
    proposal: async (_: unknown, { id }: ById, hub) => {
      const row = await hub.proposal.load(id.toLowerCase())
      return row ? viewProposal(hub, row) : null
    },
    vote: (_: unknown, args: ById, hub) => one(votes, viewVote, args, hub),
    statement: (_: unknown, args: ById, hub) => one(statements, viewStatement, args, hub),
    ranking: (_: unknown, args: ListArguments, hub) => listRanking(hub, args),
    roles: (_: unknown, { where }: { where: { address: string } }, hub) =>
      listRoles(
        hub.reader,
        checksumAddress(where.address.toLowerCase()) ?? refuse('Invalid addresses in address'),
      ),
    vp: (_: unknown, question: VpQuestion, hub) => measureVp(hub, hub.inTurn, question),
    skins: (_: unknown, __: unknown, hub) => listItems(hub, 'skin'),
    plugins: (_: unknown, __: unknown, hub) => listItems(hub, 'plugins'),
    validations: (_: unknown, __: unknown, hub) =>
      listItems(hub, 'validation', ['any', ...Object.keys(describeValidations(hub.ctx))]),
    networks: (_: unknown, __: unknown, hub) => listNetworks(hub),
    strategies: (_: unknown, __: unknown, hub) => rankStrategies(hub),
    strategy: async (_: unknown, { id }: ById, hub) =>
      (await rankStrategies(hub)).find((strategy) => strategy.id === id) ?? null,
    options: (_: unknown, __: unknown, hub) => listOptions(hub.ctx),
  },
  Space: {
    activeProposals: activity('activeProposals'),
    proposalsCount1d: activity('proposals1d'),
    proposalsCount7d: activity('proposals7d'),
    proposalsCount30d: activity('proposals30d'),
    followersCount7d: activity('followers7d'),
    votesCount7d: activity('votes7d'),
    rank: async (space: SpaceNode, _: unknown, hub) => (await rankSpaces(hub)).get(space.id)?.rank,
    parent: ({ parent }: SpaceNode, _: unknown, hub, info) =>
      parent === null ? null : spaceOf(parent.toLowerCase(), hub, info),
    // Those that are not there, or no more, are left out where more is wanted than ids: for these nothing is read.
    children: async ({ children }: SpaceNode, _: unknown, hub, info) =>
      (await Promise.all(children.map((id) => spaceOf(id.toLowerCase(), hub, info)))).filter(
        (space) => space !== null,
      ),
  },
  Proposal: {
    ipfs: ({ definedBy }: ProposalNode, _: unknown, hub) => cidOf(definedBy, hub),
    space: ofSpace,
    body: ({ id }: ById, _: unknown, hub) => hub.body.load(id),
    scores: async (proposal: ById, _: unknown, hub) => (await countOf(proposal, hub)).scores.map(toDouble),
    scores_by_strategy: async (proposal: ById, _: unknown, hub) =>
      (await countOf(proposal, hub)).scoresByStrategy.map((scores) => scores.map(toDouble)),
    scores_total: async (proposal: ById, _: unknown, hub) => toDouble((await countOf(proposal, hub)).total),
    exactScores: async (proposal: ById, _: unknown, hub) => (await countOf(proposal, hub)).scores,
    exactScoresTotal: async (proposal: ById, _: unknown, hub) => (await countOf(proposal, hub)).total,
    settlement: async ({ id, executionHash }: ProposalNode, _: unknown, hub) =>
      executionHash === null
        ? null
        : {
            state: 'waiting',
            ...(await hub.settlement.load(id)),
            executionHash,
            link: `${hub.ctx.env.publicUrl}/api/v1/proposals/${id}/settlement`,
          },
    receipt,
  },
  Vote: {
    ipfs: async ({ logIndex }: VoteNode, _: unknown, hub) => (await hub.cidAt.load(String(logIndex))) ?? '',
    space: ofSpace,
    proposal: (vote: VoteNode, _: unknown, hub, info) => proposalOf(vote.proposal, hub, info),
    receipt,
  },
  Message: {
    envelope: ({ id }: MessageNode, _: unknown, hub) => hub.envelope.load(id),
    sig: ({ id }: MessageNode, _: unknown, hub) => findSignature(hub, id),
    receipt: async ({ id }: MessageNode, _: unknown, hub) => (await findReceipt(hub, id))?.signature,
  },
  Alias: { ipfs: ofMessage },
  Follow: { ipfs: ofMessage, space: ofSpace },
  Subscription: { ipfs: ofMessage, space: ofSpace },
  Statement: { ipfs: ofMessage },
  User: {
    ipfs: ({ messageId }: UserNode, _: unknown, hub) => (messageId === null ? null : hub.cid.load(messageId)),
    votesCount: participation('votes', 0),
    proposalsCount: participation('proposals', 0),
    lastVote: participation('lastVote', null),
  },
}
