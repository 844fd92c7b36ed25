import { AppError } from '../errors'
import { decideOutcome } from '../proposal/decide-outcome'
import { describeOutcome } from '../proposal/describe-outcome'
import type { Result } from '../tally/compute-result'
import type { HexString } from '../views/hex-string'
import { createAliasAudit } from './audit-aliases'
import { createBallotAudit } from './audit-ballots'
import { createChainAudit } from './audit-chain'
import { createFileAudit } from './audit-file'
import { createLogAudit } from './audit-log'
import type { AuditOptions } from './audit-options'
import { createProposalAudit, type Poll } from './audit-proposal'
import { createReceiptAudit } from './audit-receipts'
import { createSignatureAudit } from './audit-signature'
import type { BundleLine, LineOf } from './bundle-line'
import { type AuditCheck, bundleChecks, Findings } from './findings'
import { type MessageForm, type ReadMessage, readMessage } from './read-message'

/** What an audit came to. */
export interface AuditReport {
  /** Whether no check failed. What is `open` the file alone cannot tell. */
  readonly ok: boolean
  readonly checks: readonly AuditCheck[]
  /** What was recomputed, for headings; null when the bundle holds no proposal. */
  readonly subject: {
    readonly proposal: HexString
    readonly space: string
    readonly title: string
    readonly ballots: number
    /** The outcome in words. */
    readonly outcome: string
    /** Entries of the log at the checkpoint. */
    readonly logSize: number
  } | null
}

/** Messages between two calls of `onProgress`. */
const PROGRESS = 250

/**
 * Recounts an election from a bundle's lines alone (without their newlines), in one pass that holds no more than what is
 * newest of each voter. Never throws for what the lines say: a lie is a failed check that names it.
 */
export async function auditBundle(lines: AsyncIterable<string>, options: AuditOptions): Promise<AuditReport> {
  const { expected = {}, onProgress } = options
  const findings = new Findings(bundleChecks)
  const file = createFileAudit(findings)
  const log = createLogAudit(findings, expected)
  const signatures = createSignatureAudit(findings, options)
  const chain = createChainAudit(findings, options)
  const receipts = createReceiptAudit(findings, options)
  const forms: MessageForm[] = []
  const strategies: LineOf<'strategy'>[] = []
  const single: Partial<{ [Kind in BundleLine['kind']]: LineOf<Kind> }> = {}
  const proposal = createProposalAudit(findings, () => ({
    proposal: single.proposal,
    rule: single.rule,
    strategies,
  }))
  const ballots = createBallotAudit(findings, proposal.poll)
  const aliases = createAliasAudit(findings, proposal.poll)
  let messages = 0
  let hasNews = false

  const take = async (line: ReadMessage['line']): Promise<void> => {
    const message = readMessage(line, forms[line.form], findings)
    log.add(line, message)
    if (message) {
      await signatures.add(message)
      await receipts.add(message)
      const { kind } = message.resolved
      if (line.kind === 'ballot') {
        ballots.add(line, message)
        await chain.add(line, message)
      } else if (kind === 'alias' || kind === 'revoke-alias') aliases.add(message)
      else proposal.add(message)
      aliases.check(message)
      hasNews ||= message.signer !== message.resolved.from || kind === 'flag-proposal'
    } else file.passOver()
    messages += 1
    if (messages % PROGRESS === 0) await onProgress?.({ messages })
  }

  const broken = (why: string) => findings.fail('file', `The file cannot be read: ${why}.`, 'end')
  for await (const line of readLines(lines, file.read, broken)) {
    switch (line.kind) {
      case 'header':
        single.header = line
        log.header(line)
        receipts.keys(line.receiptKeys)
        break
      case 'strategy':
        strategies.push(line)
        chain.strategy(line)
        break
      case 'block':
        chain.block(line)
        break
      case 'form':
        forms.push({ domain: line.domain, types: line.types })
        break
      case 'skip':
        log.skip(line)
        break
      case 'message':
      case 'ballot':
        await take(line)
        break
      case 'checkpoint':
        log.checkpoint(line)
        break
      case 'proposal':
        single.proposal = line
        break
      case 'rule':
        single.rule = line
        break
      case 'result':
        single.result = line
        break
      case 'end':
        single.end = line
    }
  }

  const { key, size } = log.finish()
  const poll = proposal.poll()
  await signatures.finish()
  proposal.finish()
  aliases.finish()
  await chain.finish(poll, single.rule)
  await receipts.finish(poll)
  const counted = ballots.finish()
  compareResult(findings, { poll, counted, stated: single.result })
  compareExpectations(findings, options, { header: single.header, poll })
  checkVersion(findings, single.header, hasNews)
  file.finish(key, (poll?.id ?? single.proposal?.id) as HexString | undefined)
  await onProgress?.({ messages })

  const checks = findings.checks()
  const outcome = poll && counted ? describe(poll, counted).text : ''
  return {
    ok: checks.every(({ status }) => status !== 'failed'),
    checks,
    subject: poll
      ? {
          proposal: poll.id,
          space: poll.space,
          title: poll.text.title,
          ballots: counted?.ballots ?? 0,
          outcome,
          logSize: size,
        }
      : null,
  }
}

function describe(poll: Poll, counted: Result) {
  const outcome = decideOutcome(poll.rule, counted)
  return {
    status: outcome.status,
    text: describeOutcome(outcome, { choices: poll.text.choices, symbol: poll.symbol }),
  }
}

function compareResult(
  findings: Findings,
  {
    poll,
    counted,
    stated,
  }: { poll: Poll | undefined; counted: Result | undefined; stated: LineOf<'result'> | undefined },
): void {
  if (!poll || !counted || !stated) {
    findings.fail('result', 'There is no result to compare, or nothing to count.', 'result')
    return
  }
  const { scores, scoresByStrategy, total, ballots } = stated
  const found = JSON.stringify(
    [counted.scores, counted.scoresByStrategy, counted.total, counted.ballots],
    (_, value) => (typeof value === 'bigint' ? value.toString() : value),
  )
  findings.describe('result', `${counted.ballots} ballots were counted anew.`)
  findings.expect(
    found === JSON.stringify([scores, scoresByStrategy, total, ballots]),
    'result',
    `The ballots add up to ${counted.scores.join(', ')} of ${counted.total}; the result says ${scores.join(', ')} of ${total}.`,
    'result',
  )
  const { status, text } = describe(poll, counted)
  findings.describe('outcome', text)
  findings.expect(
    status === stated.status && text === stated.text,
    'outcome',
    `The outcome is “${text}” (${status}), not “${stated.text}” (${stated.status}).`,
    'result',
  )
}

/** A bundle is of the lowest version that can say what it says, so that there is one way to say it. */
function checkVersion(findings: Findings, header: LineOf<'header'> | undefined, hasNews: boolean): void {
  findings.expect(
    !header || header.version === (hasNews ? 2 : 1),
    'file',
    `The bundle is of version ${header?.version}, and ${hasNews ? 'has an alias or a flag' : 'has neither alias nor flag'}.`,
    'header',
  )
}

function compareExpectations(
  findings: Findings,
  { expected }: AuditOptions,
  { header, poll }: { header: LineOf<'header'> | undefined; poll: Poll | undefined },
): void {
  if (expected?.proposal) {
    const isRight = expected.proposal === poll?.id
    findings.expect(isRight, 'proposal', `This is not the proposal ${expected.proposal}.`, poll?.id)
  }
  findings.describe('operator', `The log ${header?.origin}.`)
  const keys = expected?.logKeys
  if (!keys) {
    const named = header ? `the log names its own key, ${header.logKey}` : 'there is none'
    findings.leaveOpen('operator', `Compare the key with the one that the operator publishes: ${named}.`)
  } else {
    findings.expect(
      header !== undefined && keys.includes(header.logKey),
      'operator',
      `The log’s key is ${header?.logKey}, not ${keys.join(' or ')} as expected.`,
      'header',
    )
  }
}

/** The lines as far as they can be read; what is wrong with the file is a finding, what fails on the way to it is not. */
async function* readLines(
  texts: AsyncIterable<string>,
  read: (text: string) => BundleLine | undefined,
  onBroken: (why: string) => void,
): AsyncGenerator<BundleLine> {
  try {
    for await (const text of texts) {
      const line = read(text)
      if (line) yield line
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    onBroken(error.message)
  }
}
