import { expect } from 'vitest'
import { AppError, codes, type ErrorCode } from '../core/errors'
import type { TestWorld } from '../testing/world'

/** The message is refused with exactly these words, and nothing was written: no message, no row, no job. */
export async function expectRefusal(
  world: TestWorld,
  envelope: unknown,
  message: string,
  code: ErrorCode = 'invalid',
): Promise<void> {
  const before = await fingerprint(world)
  const error = await world.ingest.ingest(envelope).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error, `should be refused: ${message}`).toBeInstanceOf(AppError)
  const { message: told, status } = error as AppError
  expect({ message: told, status }).toEqual({ message, status: codes[code].status })
  expect(await fingerprint(world)).toEqual(before)
}

async function fingerprint({ ctx }: TestWorld): Promise<unknown> {
  const { rows } = await ctx.db.query(`select
    (select row(size, root, accepted_at)::text from log_state) as log,
    (select count(*) from messages) as messages,
    (select coalesce(string_agg(space::text, ';' order by id), '') from spaces space) as spaces,
    (select coalesce(string_agg(proposal::text, ';' order by id), '') from proposals proposal) as proposals,
    (select coalesce(string_agg(vote::text, ';' order by log_index), '') from votes vote) as votes,
    (select coalesce(string_agg(cell::text, ';' order by proposal_id, strategy, key), '') from tally_cells cell) as cells,
    (select string_agg(row::text, ';' order by row::text) from (
       select to_jsonb(r) as row from follows r union all select to_jsonb(r) from subscriptions r
       union all select to_jsonb(r) from aliases r union all select to_jsonb(r) from profiles r
       union all select to_jsonb(r) from statements r union all select to_jsonb(r) from participations r
     ) people) as people,
    (select count(*) from graphile_worker.jobs) as jobs`)
  return rows[0]
}
