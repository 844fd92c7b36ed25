import { readFile } from 'node:fs/promises'
import type { RecoverSigner } from '../../core/audit/recover-signer'
import { AppError } from '../../core/errors'
import { type KeptReceipt, parseReceiptFile } from '../../core/log/receipt-file'
import { parseNote } from '../../core/log/signed-note'
import { createFetcher, type Fetcher } from './fetcher'
import { openRecovery } from './open-recovery'
import type { VerifyOptions } from './options'
import type { Progress } from './progress'

/** What a verification works with, and what everything is held against. */
export interface Known {
  readonly fetcher: Fetcher
  readonly recover: RecoverSigner
  readonly progress: Progress
  readonly receipts: readonly KeptReceipt[]
  /** Checkpoints that somebody kept: signed notes. */
  readonly notes: readonly string[]
}

/** Reads the files that were named. @throws AppError `misconfigured` naming the one that is none */
export async function gatherKnown(
  { receipts, checkpoints }: VerifyOptions,
  progress: Progress,
): Promise<Known> {
  const [kept, notes] = await Promise.all([
    Promise.all(receipts.map((file) => read(file, parseReceiptFile))),
    Promise.all(
      checkpoints.map((file) =>
        read(file, (text) => {
          parseNote(text)
          return text
        }),
      ),
    ),
  ])
  return { fetcher: createFetcher(), recover: await openRecovery(), progress, receipts: kept.flat(), notes }
}

async function read<Content>(file: string, parse: (text: string) => Content): Promise<Content> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    const why = error instanceof AppError ? error.message : 'cannot be read'
    throw new AppError('misconfigured', { message: `${file}: ${why}` })
  }
}
