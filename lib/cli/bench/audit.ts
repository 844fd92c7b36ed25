import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { recoveryEngines } from '../../chain/recover-address'
import { auditBundle } from '../../core/audit/audit-bundle'
import { createFastRecover } from '../../core/audit/fast-recover'
import { type RecoverSigner, recoverSigner, recoverWith } from '../../core/audit/recover-signer'
import { splitLines } from '../../core/audit/split-lines'
import { writeBundle } from '../../core/audit/write-bundle'
import { AppError } from '../../core/errors'
import { createElection } from './election'
import { openRecoverThreads } from './recover-threads'

/** Above, an audit in plain JavaScript takes longer than anybody waits. */
const MOST_IN_JAVASCRIPT = 100_000
/** Ballots that are audited first, so that no engine pays for the compiling of what all of them run. */
const WARM_UP = 2000

/**
 * How long the audit of a proof bundle takes on this machine by each way to recover signers: natively, natively in a
 * second thread, in WebAssembly, and in JavaScript. `--ballots` (10,000) says how many are made; a bundle in `--file` is
 * kept there, and used if it is there already.
 */
export async function benchAudit(args: readonly string[]): Promise<void> {
  const { ballots, file } = readOptions(args)
  const dir = mkdtempSync(path.join(tmpdir(), 'comitia-bench-'))
  try {
    const warmUp = await makeBundle(path.join(dir, 'warm-up.ndjson'), WARM_UP)
    const bundle = file ?? path.join(dir, 'bundle.ndjson')
    if (!existsSync(bundle)) {
      console.log(`Making a bundle of ${ballots.toLocaleString('en')} ballots …`)
      await makeBundle(bundle, ballots)
    }
    await measure(bundle, warmUp)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function readOptions(args: readonly string[]): { ballots: number; file: string | undefined } {
  const usage = 'usage: comitia bench audit [--ballots 10000] [--file bundle.ndjson]'
  try {
    const options = { ballots: { type: 'string', default: '10000' }, file: { type: 'string' } } as const
    const { ballots, file } = parseArgs({ args: [...args], options }).values
    if (/^[1-9][0-9]{0,8}$/.test(ballots)) return { ballots: Number(ballots), file }
  } catch {
    // No such option.
  }
  throw new AppError('misconfigured', { message: usage })
}

async function makeBundle(file: string, ballots: number): Promise<string> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 })
  for await (const line of writeBundle(await createElection(ballots))) {
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  return file
}

async function measure(bundle: string, warmUp: string): Promise<void> {
  const engines: readonly (readonly [string, RecoverSigner])[] = [
    ...(await openNative()),
    ['WebAssembly', await createFastRecover()],
    ['JavaScript', recoverSigner],
  ]
  console.log(`${(statSync(bundle).size / 1e6).toFixed(1)} MB, Node ${process.version}, ${cpus()[0]?.model}`)
  console.log('\nrecovery     messages   CPU s    wall s   messages/CPU s   ratio   peak MB')
  let first: number | undefined
  for (const [name, recover] of engines) {
    await audit(warmUp, recover)
    const { messages, cpuSeconds, seconds, peakMb } = await audit(bundle, recover)
    first ??= cpuSeconds
    console.log(
      [
        name.padEnd(11),
        messages.toLocaleString('en').padStart(9),
        cpuSeconds.toFixed(2).padStart(7),
        seconds.toFixed(2).padStart(9),
        Math.round(messages / cpuSeconds)
          .toLocaleString('en')
          .padStart(16),
        (cpuSeconds / first).toFixed(2).padStart(7),
        peakMb.toFixed(0).padStart(9),
      ].join(' '),
    )
    if (messages > MOST_IN_JAVASCRIPT && name === 'WebAssembly') {
      console.log('JavaScript is left out: it takes about ten times as long as native.')
      break
    }
  }
  console.log(
    `\nLoad of the machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')} on ${cpus().length} cores`,
  )
}

async function openNative(): Promise<(readonly [string, RecoverSigner])[]> {
  try {
    return [
      ['native', recoverWith(await recoveryEngines.native())],
      ['in a thread', await openRecoverThreads(1)],
    ]
  } catch {
    console.log('secp256k1 has no native binary for this platform.')
    return []
  }
}

async function audit(bundle: string, recover: RecoverSigner) {
  let [peak, messages] = [0, 0]
  const look = (progress: { readonly messages: number }) => {
    messages = progress.messages
    if (messages % 10_000 === 0) peak = Math.max(peak, process.memoryUsage.rss())
  }
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
  const file = createReadStream(bundle, { highWaterMark: 1 << 18 })
  const { ok, checks } = await auditBundle(splitLines(file), { recover, onProgress: look })
  const { user, system } = process.cpuUsage(cpu)
  const failed = checks.find(({ status }) => status === 'failed')
  if (!ok) throw new Error(`the bundle does not pass: ${failed?.detail}`)
  peak = Math.max(peak, process.memoryUsage.rss())
  return {
    messages,
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    peakMb: peak / 1e6,
  }
}
