import { fetchBlock } from '../../chain/blocks'
import { type EnsName, ensChainId, fetchEnsName } from '../../chain/ens-name'
import { AppError } from '../../core/errors'
import { listDueNames } from '../../db/name/list-due-names'
import { saveNameCheck } from '../../db/name/save-name-check'
import type { Context } from '../context'
import { noteName } from './note-name'

const dayMs = 86_400_000
/** In one run; the next one takes more. */
const MOST = 50

/**
 * Looks at the ENS names of spaces that nobody looked at for a day. A name that cannot be read, for whatever reason, is
 * looked at again a day later and keeps no other waiting; when ENS as a whole cannot be, throws `chain_unavailable`. Does nothing where no Ethereum is configured.
 */
export async function checkNames(ctx: Pick<Context, 'chains' | 'db' | 'log' | 'clock'>): Promise<void> {
  const chainId = ensChainId(ctx.chains)
  if (!ctx.chains.has(chainId)) return
  const now = ctx.clock.now()
  const due = await listDueNames(ctx.db, new Date(now - dayMs), MOST)
  if (due.length > 0) await fetchBlock(ctx.chains, chainId, 'latest')
  for (const space of due) {
    const found = await readName(ctx, space.id)
    if (found) await noteName(ctx, space, found)
    else {
      const check = { space: space.id, problem: space.nameProblem, at: new Date(now) }
      await saveNameCheck(ctx.db, check, space.settingsId)
    }
  }
}

async function readName(
  { chains, log }: Pick<Context, 'chains' | 'log'>,
  space: string,
): Promise<EnsName | undefined> {
  try {
    return await fetchEnsName(chains, space)
  } catch (error) {
    if (error instanceof AppError) log.warn({ event: 'name.unreadable', space, reason: error.message })
    else log.error({ event: 'name.unreadable', space, err: error })
    return undefined
  }
}
