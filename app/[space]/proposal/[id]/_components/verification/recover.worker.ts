import { createFastRecover } from '../../../../../../lib/core/audit/fast-recover'
import type { RecoverQuestion } from '../../../../../../lib/core/audit/recover-pool'

// Recovers the signatures that it is sent, and answers each message through the port that came with it.

self.onmessage = async ({ data, ports: [port] }: MessageEvent<readonly RecoverQuestion[]>) => {
  const recover = await createFastRecover()
  port?.postMessage(await Promise.all(data.map(([digest, signature]) => recover(digest, signature))))
}
