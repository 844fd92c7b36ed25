import { type HubReader, queryPublic } from './query-public'

export interface HubSettlement {
  readonly executor: string
  readonly state: string
  readonly transactionHash: string | null
}

/** Where the executions of these proposals stand, for those that have come so far. */
export async function listSettlements(
  reader: HubReader,
  proposals: readonly string[],
): Promise<Map<string, HubSettlement>> {
  const rows = await queryPublic(
    reader,
    'select proposal_id, executor, state, transaction_hash from settlements where proposal_id = any($1::text[])',
    [proposals],
  )
  return new Map(
    rows.map(({ proposal_id, executor, state, transaction_hash }) => [
      proposal_id,
      { executor, state, transactionHash: transaction_hash },
    ]),
  )
}
