import type { LogView, WitnessView } from '../../core/views/record-view'
import { findWitnessed } from '../../db/checkpoint/find-witnessed'
import { listNewestCosigned } from '../../db/checkpoint/list-newest-cosigned'
import { listStandings } from '../../db/checkpoint/list-standings'
import type { WitnessStanding } from '../../db/checkpoint/witness-standing'
import type { Context } from '../context'
import { logOrigin } from '../log/log-origin'

/** Who is asked to co-sign the log, what each has co-signed, and the newest checkpoint that most of them did. */
export async function listWitnesses({
  db,
  env,
}: Pick<Context, 'db' | 'env'>): Promise<Pick<LogView, 'witnesses' | 'witnessed'>> {
  const keys = env.witnesses.map(({ key }) => key)
  const [cosigned, standings, witnessed] = await Promise.all([
    listNewestCosigned(db, keys),
    listStandings(db, keys),
    findWitnessed(db, keys, logOrigin(env.publicUrl)),
  ])
  return {
    witnesses: env.witnesses.map(({ name, key }): WitnessView => {
      const newest = cosigned.find(({ witness }) => witness === key)
      return {
        name,
        key,
        size: newest?.size ?? null,
        cosignedAt: newest ? unixSeconds(newest.cosignedAt.getTime()) : null,
        trouble: troubleOf(standings.get(key)),
      }
    }),
    witnessed: witnessed ? { size: witnessed.size, cosignatures: witnessed.cosignatures } : null,
  }
}

function troubleOf(standing: WitnessStanding | undefined): WitnessView['trouble'] {
  if (!standing || standing.state === 'cosigns') return null
  const { state: kind, reason, since } = standing
  return { kind, reason, since: unixSeconds(since) }
}

const unixSeconds = (ms: number) => Math.floor(ms / 1000)
