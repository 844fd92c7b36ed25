import { writeBundle as write } from '../../core/audit/write-bundle'
import { AppError } from '../../core/errors'
import { signNote } from '../../core/log/signed-note'
import type { HexString } from '../../core/views/hex-string'
import { findBundle } from '../../db/bundle/find-bundle'
import { findVersion } from '../../db/bundle/find-version'
import { insertBundle } from '../../db/bundle/insert-bundle'
import { listOperatorKeys } from '../../db/log/list-operator-keys'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { saveModule } from '../../db/proposal/save-module'
import { saveBlocks } from '../../db/result/save-blocks'
import type { Context } from '../context'
import { getCheckpoint } from '../log/get-checkpoint'
import { openLogKey } from '../operator/open-log-key'
import { findBlocks } from '../proposal/find-blocks'
import { getProposalRow } from '../proposal/get-proposal-row'
import { readDecidingModule } from '../proposal/read-deciding-module'
import { auditAsMade } from './audit-as-made'
import { bundleSource, type FrozenParts } from './bundle-source'
import { tellFailure } from './tell-failure'

/**
 * Writes the bundle of a proposal that has its result, once, whoever runs this how often and dies when: what keeps its bytes
 * the same for ever is stored in one transaction with what the audit of that first pass found. One that fails its audit
 * is published all the same, as failed.
 *
 * Throws `chain_unavailable` while an older proposal's chains cannot tell what was not noted at its time.
 */
export async function writeBundle(ctx: Context, id: string): Promise<void> {
  if (await findBundle(ctx.db, id)) return
  await noteWhatIsMissing(ctx, id)
  const proposal = await getProposalRow(ctx, id)
  const frozen = await freeze(ctx, proposal)
  const { end, bytes, checks, ok, tookMs } = await auditAsMade(ctx, {
    proposal,
    earlier: [],
    make: (onMessage) => write(bundleSource(ctx.db, proposal, frozen, onMessage)),
  })
  if (!end) {
    const message = `The bundle of proposal ${id} cannot be made.`
    throw new AppError('fault', { message, details: { checks } })
  }

  const { lines, sha256, signature } = end
  const { header, checkpoint } = frozen
  const now = new Date(ctx.clock.now())
  const seal = { bytes, lines, sha256: sha256 as HexString, signature }
  const isFirst = await insertBundle(
    ctx.db,
    { proposalId: id, header, checkpoint, ...seal, writtenAt: now },
    { proposalId: id, ok, checks, tookMs, verifiedAt: now },
  )
  if (!isFirst) return
  ctx.log.info({ event: 'bundle.written', proposal: id, bytes, lines, tookMs })
  tellFailure(ctx, { proposal: id, checks, wasOk: true })
}

/** What is in a bundle that later times would say otherwise: keys, and what the log's key signs. */
async function freeze(ctx: Context, { id, result }: ProposalRow): Promise<FrozenParts> {
  if (!result) throw new AppError('conflict', { message: `Proposal ${id} has no result yet.` })
  const { origin, verifierKey: logKey, privateKey } = await openLogKey(ctx)
  const { receipt: receiptKeys } = await listOperatorKeys(ctx.db)
  if (receiptKeys.length === 0) {
    throw new AppError('fault', { message: 'No receipt key is known yet: a web process has to start first.' })
  }
  // The root as it was then, whatever the database makes of it today: the log's key signs one state of a size.
  const state = { size: Number(result.logSize), root: result.logRoot }
  return {
    header: {
      version: await findVersion(ctx.db, { proposal: id, logSize: result.logSize }),
      origin,
      logKey,
      receiptKeys,
    },
    checkpoint: await getCheckpoint(ctx, state),
    sign: (text) => signNote(text, origin, privateKey),
  }
}

/** Of proposals older than the columns that say it. */
async function noteWhatIsMissing(ctx: Context, id: string): Promise<void> {
  const proposal = await getProposalRow(ctx, id)
  if (proposal.result && proposal.result.blocks === null) {
    await saveBlocks(ctx.db, id, await findBlocks(ctx, proposal))
  }
  const decided = proposal.module === null ? await readDecidingModule(ctx, proposal) : null
  if (decided) await saveModule(ctx.db, id, decided.module)
}
