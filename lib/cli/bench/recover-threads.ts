import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createRecoverPool, type RecoverMany } from '../../core/audit/recover-pool'
import type { RecoverSigner } from '../../core/audit/recover-signer'

/**
 * Recovers natively in threads beside this one, which has the rest of an audit to do meanwhile. They end with the process,
 * and do not keep it alive. Rejects where a thread does not start, because there is no native library as a rule.
 */
export async function openRecoverThreads(count: number): Promise<RecoverSigner> {
  return createRecoverPool(await Promise.all(Array.from({ length: count }, startThread)))
}

async function startThread(): Promise<RecoverMany> {
  const worker = new Worker(new URL('./recover-thread.mjs', import.meta.url))
  await once(worker, 'message')
  worker.unref()
  const asked: PromiseWithResolvers[] = []
  let failure: unknown
  worker.on('message', (signers) => {
    asked.shift()?.resolve(signers)
    if (asked.length === 0) worker.unref()
  })
  worker.on('error', (error) => {
    failure = error
    for (const { reject } of asked.splice(0)) reject(error)
  })
  return (questions) =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure)
      worker.ref()
      asked.push({ resolve, reject })
      worker.postMessage(questions)
    })
}

interface PromiseWithResolvers {
  readonly resolve: (signers: Awaited<ReturnType<RecoverMany>>) => void
  readonly reject: (error: unknown) => void
}
