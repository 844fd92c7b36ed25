import { createApiClient } from '../../../../../../lib/client/api'
import { auditPublished } from '../../../../../../lib/client/audit-published'
import type { AuditJob, AuditNews } from './audit-job'
import { recoverInWorkers } from './recover-in-workers'

// Audits one bundle, beside the page, so that it stays responsive.

/** Milliseconds between two words of progress: the page draws each. */
const PAUSE = 100

const tell = (news: AuditNews) => self.postMessage(news)

self.onmessage = async ({ data }: MessageEvent<AuditJob>) => {
  const startedAt = performance.now()
  let toldAt = startedAt
  try {
    const [response, recover] = await Promise.all([
      fetch(data.url, { cache: 'no-cache' }).catch(lost),
      recoverInWorkers(),
    ])
    if (!response.ok || !response.body) {
      const { error_description: why } = await response.json().catch(() => ({}))
      throw new Error(why ?? `The server answered ${response.status} when it was asked for the file.`)
    }
    const answer = await auditPublished(chunksOf(response.body), data.question, {
      recover,
      consistency: createApiClient().consistency,
      witnessed,
      onProgress: (progress) => {
        if (performance.now() - toldAt < PAUSE) return
        toldAt = performance.now()
        tell({ kind: 'progress', progress })
      },
    })
    tell({ kind: 'done', answer, ms: performance.now() - startedAt })
  } catch (error) {
    tell({ kind: 'failed', why: (error as Error).message })
  }
}

function lost(): never {
  throw new Error('The connection to the server was lost.')
}

async function witnessed(): Promise<string> {
  const response = await fetch('/log/checkpoint/witnessed', { cache: 'no-store' })
  if (!response.ok) throw new Error('No witness has co-signed the log yet.')
  return response.text()
}

// Not every browser's streams can be iterated themselves.
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(lost)
    if (done) return
    yield value
  }
}
