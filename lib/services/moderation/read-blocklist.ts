import { listBlocked } from '../../db/blocklist/list-blocked'
import { createBriefMemory } from '../../platform/brief-memory'
import type { Context } from '../context'

/** What the operator turns away. */
export interface Blocklist {
  /** EIP-55. */
  readonly addresses: ReadonlySet<string>
  /** As `hashIp` writes them. */
  readonly ips: ReadonlySet<string>
  /** In lower case. */
  readonly links: readonly string[]
}

/** Another process learns of a change within this time. */
const memory = createBriefMemory<Blocklist>(3_000)

/** Some seconds old at most: asked with every message. */
export function readBlocklist({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Blocklist> {
  return memory.read(db, clock.now(), async () => {
    const entries = await listBlocked(db)
    const of = (wanted: string) => entries.filter(({ kind }) => kind === wanted).map(({ value }) => value)
    return { addresses: new Set(of('address')), ips: new Set(of('ip')), links: of('link') }
  })
}

/** Has this process read it anew. */
export function forgetBlocklist({ db }: Pick<Context, 'db'>): void {
  memory.forget(db)
}
