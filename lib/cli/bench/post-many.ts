import { Agent, request } from 'node:http'

/** What became of a load: latencies of the accepted, and the refusals in words, counted. */
export interface LoadReport {
  readonly seconds: number
  /** Ascending. */
  readonly latenciesMs: readonly number[]
  readonly refusals: ReadonlyMap<string, number>
}

/** Posts the bodies to `url`, `concurrency` at a time over kept connections, each once. */
export async function postMany(
  url: string,
  bodies: readonly string[],
  concurrency: number,
): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const latenciesMs: number[] = []
  const refusals = new Map<string, number>()
  let next = 0
  const started = performance.now()
  const send = async () => {
    for (let index = next++; index < bodies.length; index = next++) {
      const sent = performance.now()
      const { status, text } = await post(agent, url, bodies[index] ?? '')
      if (status === 200) latenciesMs.push(performance.now() - sent)
      else refusals.set(text, (refusals.get(text) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, send))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  return { seconds, latenciesMs: latenciesMs.sort((a, b) => a - b), refusals }
}

function post(agent: Agent, url: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
