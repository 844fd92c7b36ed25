import type { Database } from '../client'

/** Newest first begins before (`atMs`, `id`), oldest first after it; null: at the end. */
export interface ActPlace {
  readonly order: 'new' | 'old'
  readonly after: { readonly atMs: number; readonly id: string } | null
  readonly first: number
}

/** Something that is no message: a result, a transaction that settled one, a Safe owner's confirmation. */
export interface ActRow {
  readonly id: string
  readonly kind: 'result' | 'settlement' | 'confirmation'
  readonly atMs: number
  readonly author: string | null
  readonly proposal: string
  readonly title: string
  /** The rest of a `TrailFact`. */
  readonly facts: object
}

/**
 * A page of what happened to a space's proposals beside messages, by time: results, confirmations, and the transactions
 * that each settlement's chain showed when it was last read. `hash` is a transaction's, or what a Safe's owners sign.
 */
export async function listActs(
  db: Database,
  filter: {
    readonly space: string
    readonly author?: string | undefined
    readonly proposal?: string | undefined
    readonly hash?: string | undefined
  },
  place: ActPlace,
): Promise<ActRow[]> {
  const [direction, beyond] = place.order === 'new' ? ['desc', '<'] : ['asc', '>']
  const { rows } = await db.query<Omit<ActRow, 'atMs'> & { at: string }>(
    `with own as (
       select id, title, execution_hash from proposals where space_id = $1 and ($2::text is null or id = $2)
     ),
     acts as (
       select 'result' as kind, own.id as proposal, title, '' as name, null as hash, null as author,
         extract(epoch from finalized_at) * 1000 as at,
         jsonb_build_object('status', status, 'text', outcome ->> 'text', 'ballots', votes, 'logSize', log_size,
           'logRoot', '0x' || encode(log_root, 'hex')) as facts
       from own join results on proposal_id = own.id
       union all
       select 'confirmation', own.id, title, safe_tx_hash || owner, safe_tx_hash, owner,
         extract(epoch from created_at) * 1000,
         jsonb_build_object('safeTxHash', safe_tx_hash, 'signature', signature)
       from own join confirmations on proposal_id = own.id
       union all
       select 'settlement', own.id, title, t.step, t.hash, coalesce(k.sender, t.sender), t.at * 1000,
         jsonb_build_object('step', t.step, 'chainId', e.chain_id, 'transactionHash', t.hash, 'reason', why.text)
       from own
         join executions e on e.hash = own.execution_hash
         join settlements s on s.proposal_id = own.id
         cross join lateral (
           select done ->> 'label', (done ->> 'at')::numeric, done ->> 'transactionHash', null, null
           from jsonb_path_query(s.data, '$.progress.steps[*]') as done
           where done ->> 'label' not in ('Vetoed', 'Paused')
           union all
           -- Who stopped it and why stands apart from the steps.
           select label, (brake ->> 'at')::numeric, brake ->> 'transactionHash', brake ->> 'by', brake ->> 'reasonHash'
           from (values ('Vetoed', s.data #> '{progress,module,veto}'), ('Paused', s.data #> '{progress,module,pause}'))
             as brakes(label, brake)
           union all
           select case s.state when 'failed' then 'Execution failed' else 'Executed' end,
             (s.data ->> 'tracedAt')::numeric, s.transaction_hash, null, null
         ) as t(step, at, hash, sender, reason_hash)
         left join reasons why on why.hash = t.reason_hash
         left join keeper_transactions k on k.proposal_id = own.id and t.hash = any(k.hashes)
       where t.hash is not null and t.at is not null
     ),
     named as (
       select concat_ws(':', kind, proposal, nullif(name, '')) as id, kind, at::bigint as at, author, proposal, title, hash,
         facts
       from acts
     )
     select id, kind, at, author, proposal, title, facts from named
     where ($3::text is null or author = $3) and ($4::text is null or hash = $4)
       and ($5::bigint is null or (at, id) ${beyond} ($5, $6::text))
     order by at ${direction}, id ${direction} limit $7`,
    [
      filter.space,
      filter.proposal ?? null,
      filter.author ?? null,
      filter.hash ?? null,
      place.after?.atMs ?? null,
      place.after?.id ?? null,
      place.first,
    ],
  )
  return rows.map(({ at, ...row }) => ({ ...row, atMs: Number(at) }))
}
