import DataLoader from 'dataloader'
import { countActivity, type SpaceActivity } from '../../db/hub/count-activity'
import { findInList } from '../../db/hub/find-in-list'
import { type HubSettlement, listSettlements } from '../../db/hub/list-settlements'
import { listTexts } from '../../db/hub/list-texts'
import { type HubMessage, messages } from '../../db/hub/lists/messages'
import { type HubProposal, proposals } from '../../db/hub/lists/proposals'
import { type HubSpace, spaces } from '../../db/hub/lists/spaces'
import type { HubReader } from '../../db/hub/query-public'
import { type Participation, sumParticipations } from '../../db/hub/sum-participations'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { type Count, readCounts } from '../proposal/read-counts'

type Loader<Value> = DataLoader<string, Value | undefined>

/** One request to the hub: at what moment it is answered, and what several of its fields ask for is read together, once. */
export interface HubRequest {
  readonly ctx: Context
  readonly reader: HubReader
  /** Unix seconds. */
  readonly now: number
  /** By id, those that can be seen. */
  readonly space: Loader<HubSpace>
  readonly proposal: Loader<HubProposal>
  readonly message: Loader<HubMessage>
  /** By space. */
  readonly activity: Loader<SpaceActivity>
  /** By proposal. */
  readonly count: Loader<Count>
  readonly body: Loader<string>
  readonly settlement: Loader<HubSettlement>
  /** By message. */
  readonly cid: Loader<string>
  /** By log index. */
  readonly cidAt: Loader<string>
  readonly envelope: Loader<string>
  /** By address. */
  readonly participation: Loader<Participation>
}

const MAX_BATCH = 1_000

/** Whose request it is; nothing more is read for it once `signal` is aborted. */
export type Asker = Omit<HubReader, 'db'>

export function openHubRequest(ctx: Context, asker: Asker): HubRequest {
  const reader: HubReader = { ...asker, db: ctx.db }
  const now = unixSeconds(ctx.clock)
  const byId = async <Row extends { readonly id: string }>(rows: Promise<readonly Row[]>) =>
    new Map((await rows).map((row) => [row.id, row]))
  const proposal = loader((ids) => byId(findInList(reader, proposals, ids)))
  return {
    ctx,
    reader,
    now,
    proposal,
    space: loader((ids) => byId(findInList(reader, spaces, ids))),
    message: loader((ids) => byId(findInList(reader, messages, ids))),
    activity: loader((ids) => countActivity(reader, ids, now)),
    count: loader(async (ids) => {
      const rows = (await proposal.loadMany(ids)).flatMap((row) => {
        if (row instanceof Error) throw row
        return row ?? []
      })
      reader.signal?.throwIfAborted()
      const countOf = await readCounts(ctx, rows)
      return new Map(rows.map((row) => [row.id, countOf(row)]))
    }),
    body: loader((ids) => listTexts(reader, 'body', ids)),
    settlement: loader((ids) => listSettlements(reader, ids)),
    cid: loader((ids) => listTexts(reader, 'cid', ids)),
    cidAt: loader((indexes) => listTexts(reader, 'cidAt', indexes)),
    envelope: loader((ids) => listTexts(reader, 'envelope', ids)),
    participation: loader((addresses) => sumParticipations(reader, addresses)),
  }
}

function loader<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Loader<Value> {
  return new DataLoader(
    async (keys) => {
      const found = await read(keys)
      return keys.map((key) => found.get(key))
    },
    { maxBatchSize: MAX_BATCH },
  )
}
