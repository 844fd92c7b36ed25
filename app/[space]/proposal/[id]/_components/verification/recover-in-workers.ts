import { createFastRecover } from '../../../../../../lib/core/audit/fast-recover'
import { createRecoverPool, type RecoverMany } from '../../../../../../lib/core/audit/recover-pool'
import type { RecoverSigner } from '../../../../../../lib/core/audit/recover-signer'

/** More would wait for the one that reads. */
const MOST = 4

/** Recovers signers beside the worker that asks, on the device's other cores; in itself where workers have no workers. */
export async function recoverInWorkers(): Promise<RecoverSigner> {
  if (typeof Worker === 'undefined') return createFastRecover()
  const others = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency - 1))
  return createRecoverPool(Array.from({ length: others }, startWorker))
}

function startWorker(): RecoverMany {
  const worker = new Worker(new URL('./recover.worker.ts', import.meta.url), { type: 'module' })
  return (questions) =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => {
        port1.close()
        resolve(data)
      }
      worker.onerror = () => reject(new Error('This browser could not check the signatures.'))
      worker.postMessage(questions, [port2])
    })
}
