import type { AccountView, AccountVoteView, NameView, StatementView } from '../core/views/account-view'
import type { HexString } from '../core/views/hex-string'
import type { AcceptedView, HealthView, InstallationView, PageOf } from '../core/views/installation-view'
import type { PowerView, ProposalSummary, ProposalView, VoteView } from '../core/views/proposal-view'
import type { ConsistencyView, InclusionView, LogView, MessageView } from '../core/views/record-view'
import type { RelayedView } from '../core/views/relayed-view'
import type { ActTransactionView, SettlementView } from '../core/views/settlement-view'
import type { SpaceSummary, SpaceView } from '../core/views/space-view'
import type { TrailEntry } from '../core/views/trail-view'
import type { TreasuryView } from '../core/views/treasury-view'

/** A refusal or failure the server answered with, in words that may be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly status: number,
    message: string,
    /** Whether the same request may succeed later. */
    readonly retry: boolean,
  ) {
    super(message)
  }
}

/** Why not, as Snapshot's sequencer and as its score API word it. */
interface Refusal {
  readonly error_description?: string
  readonly error?: { readonly data?: string }
}

type Query = Readonly<Record<string, string | number | undefined>>

/** The HTTP API of a Comitia server; `origin` is '' in a browser on the same host. */
export function createApiClient(origin = '', fetcher: typeof fetch = (...args) => fetch(...args)) {
  async function request<Body>(path: string, init?: { query?: Query; body?: unknown }): Promise<Body> {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(init?.query ?? {})) {
      if (value !== undefined) query.set(name, String(value))
    }
    const search = query.size > 0 ? `?${query}` : ''
    let response: Response
    try {
      response = await fetcher(`${origin}${path}${search}`, {
        method: init?.body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(init?.body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(init?.body !== undefined && { body: JSON.stringify(init.body) }),
        cache: 'no-store',
      })
    } catch {
      throw new ApiError(0, 'The server cannot be reached. Check your connection and try again.', true)
    }
    const body = (await response.json().catch(() => null)) as (Body & Refusal) | null
    if (!response.ok || body === null) {
      const retry = [0, 425, 429, 500, 502, 503, 504].includes(response.status)
      throw new ApiError(
        response.status,
        body?.error_description ?? body?.error?.data ?? `The server answered ${response.status}.`,
        retry,
      )
    }
    return body
  }

  return {
    installation: () => request<InstallationView>('/api/v1/installation'),
    health: () => request<HealthView>('/api/health'),
    /** `follower`: those that this account follows. */
    spaces: (query: { search?: string; follower?: string; after?: string; first?: number } = {}) =>
      request<PageOf<SpaceSummary>>('/api/v1/spaces', { query }),
    space: (id: string) => request<SpaceView>(`/api/v1/spaces/${encodeURIComponent(id)}`),
    /**
     * `voter` fills `ownVote`; `state` filters by ProposalState; flagged ones are left out unless asked for, then they
     * come alone. Active first, then pending, then newest.
     */
    proposals: (
      space: string,
      query: {
        after?: string
        first?: number
        state?: string
        search?: string
        voter?: string
        flagged?: 'true'
      } = {},
    ) => request<PageOf<ProposalSummary>>(`/api/v1/spaces/${encodeURIComponent(space)}/proposals`, { query }),
    proposal: (id: string, query: { voter?: string } = {}) =>
      request<ProposalView>(`/api/v1/proposals/${id}`, { query }),
    /** Current ballots by power (or newest first with order=new). */
    votes: (
      proposal: string,
      query: {
        after?: string
        first?: number
        order?: 'power' | 'new'
        choice?: number
        search?: string
      } = {},
    ) => request<PageOf<VoteView>>(`/api/v1/proposals/${proposal}/votes`, { query }),
    power: (proposal: string, voter: string) =>
      request<PowerView>(`/api/v1/proposals/${proposal}/power/${voter}`),
    /** Power in a space at the newest block, for somebody about to propose. */
    spacePower: (space: string, voter: string) =>
      request<PowerView>(`/api/v1/spaces/${encodeURIComponent(space)}/power/${voter}`),
    /** The newest block of a space's chain, to be signed as `snapshot`; `earlier` is the last of an earlier second. */
    snapshotBlock: (space: string) =>
      request<{ chainId: number; number: number; timestamp: number; earlier: number }>(
        `/api/v1/spaces/${encodeURIComponent(space)}/block`,
      ),
    sendMessage: (envelope: unknown) => request<AcceptedView>('/api/msg', { body: envelope }),
    /** Keeps an envelope without a signature until its contract wallet has approved it. */
    relay: (envelope: unknown) => request<{ id: HexString }>('/api/relayer', { body: envelope }),
    relayed: (id: string) => request<RelayedView>(`/api/v1/relayed/${id}`),
    /** What this wallet, or a Safe of it, has or had to approve about a proposal. */
    relayedOn: (proposal: string, address: string) =>
      request<readonly RelayedView[]>(`/api/v1/proposals/${proposal}/relayed`, { query: { address } }),
    approveRelayed: (id: string, approval: { owner: string; signature: string }) =>
      request<RelayedView>(`/api/v1/relayed/${id}/approvals`, { body: approval }),
    /** What strategies give to addresses at the newest block, in whole votes. */
    scores: (question: {
      space: string
      network: string
      strategies: readonly object[]
      addresses: readonly string[]
    }) =>
      request<{ result: { scores: readonly Readonly<Record<string, number>>[] } }>('/api/scores', {
        body: { params: { ...question, snapshot: 'latest' } },
      }),
    storeExecution: (batch: unknown) => request<{ hash: `0x${string}` }>('/api/executions', { body: batch }),
    settlement: (proposal: string) => request<SettlementView>(`/api/v1/proposals/${proposal}/settlement`),
    confirm: (proposal: string, confirmation: { owner: string; signature: string; safeTxHash: string }) =>
      request<SettlementView>(`/api/v1/proposals/${proposal}/confirmations`, { body: confirmation }),
    /** Tells the server that a transaction may have executed the proposal; it looks for itself. */
    refreshSettlement: (proposal: string) =>
      request<SettlementView>(`/api/v1/proposals/${proposal}/settlement/refresh`, { body: {} }),
    /** The transaction that brings a settlement one step further, for `sender`. 409 when there is none to send. */
    settlementTransaction: (proposal: string, sender: string) =>
      request<ActTransactionView>(`/api/v1/proposals/${proposal}/settlement/transaction`, {
        query: { sender },
      }),
    /** Asks that the tally of a vote that did not pass be committed and proven too. */
    demandSettlement: (proposal: string) =>
      request<SettlementView>(`/api/v1/proposals/${proposal}/settlement/demand`, { body: {} }),
    /** Publishes why something is stopped; the chain holds only the keccak that comes back. */
    publishReason: (text: string) => request<{ hash: `0x${string}` }>('/api/v1/reasons', { body: { text } }),
    /** What an account has signed about itself. */
    account: (address: string) => request<AccountView>(`/api/v1/accounts/${address}`),
    /** What accounts call themselves, of at most 100; who has no profile is left out. */
    names: (addresses: readonly string[]) =>
      request<{ items: readonly NameView[] }>('/api/v1/accounts', {
        query: { addresses: addresses.join(',') },
      }),
    accountVotes: (address: string, query: { after?: string; first?: number } = {}) =>
      request<PageOf<AccountVoteView>>(`/api/v1/accounts/${address}/votes`, { query }),
    accountProposals: (address: string, query: { after?: string; first?: number } = {}) =>
      request<PageOf<ProposalSummary>>(`/api/v1/accounts/${address}/proposals`, { query }),
    /** What delegates say to a space, the newest first. */
    statements: (space: string, query: { after?: string; first?: number } = {}) =>
      request<PageOf<StatementView>>(`/api/v1/spaces/${encodeURIComponent(space)}/statements`, { query }),
    /** Who can move the coins of a space, as its chains say now. */
    treasury: (space: string) =>
      request<TreasuryView>(`/api/v1/spaces/${encodeURIComponent(space)}/treasury`),
    /** What happened in a space, newest first unless `order` is `old`. `find`: an id, a hash, or a place in the log. */
    trail: (
      space: string,
      query: {
        kind?: string
        author?: string
        proposal?: string
        find?: string
        order?: string
        after?: string
        first?: number
      } = {},
    ) => request<PageOf<TrailEntry>>(`/api/v1/spaces/${encodeURIComponent(space)}/trail`, { query }),
    /** The log's newest state, signed. */
    log: () => request<LogView>('/api/v1/log'),
    /** An accepted message with its receipt and the proof that it is in the log. */
    message: (id: string) => request<MessageView>(`/api/v1/messages/${id}`),
    /** That entry `index` is in the log, of its newest size unless told. */
    inclusion: (index: number, size?: number) =>
      request<InclusionView>('/api/v1/log/inclusion', { query: { index, size } }),
    /** That the log of size `to` begins with the log of size `from`. */
    consistency: (from: number, to: number) =>
      request<ConsistencyView>('/api/v1/log/consistency', { query: { from, to } }),
  }
}

export type ApiClient = ReturnType<typeof createApiClient>
