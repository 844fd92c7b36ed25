// A thread of recover-threads.ts. Plain JavaScript, since it is what teaches the thread to read the rest.
import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { recoveryEngines } = await import('../../chain/recover-address.ts')
const { recoverWith } = await import('../../core/audit/recover-signer.ts')
const recover = recoverWith(await recoveryEngines.native())
parentPort.on('message', (questions) => {
  parentPort.postMessage(questions.map(([digest, signature]) => recover(digest, signature)))
})
parentPort.postMessage('ready')
