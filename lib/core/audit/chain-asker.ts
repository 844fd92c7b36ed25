import type { CheckId, Findings } from './findings'

/** Questions in a row that a chain may leave unanswered before it is asked no more. */
const PATIENCE = 3

/**
 * Asks chains on behalf of a check. What cannot be read proves nothing: it leaves the check open, and says so, beside
 * whatever the answers that did come have shown.
 */
export function createChainAsker(findings: Findings, check: CheckId) {
  const unanswered = new Map<string, number>()
  let first: string | undefined
  let count = 0

  return {
    /** The answer; undefined if there is none. `what` begins a sentence. */
    async ask<Answer>(
      network: string,
      what: string,
      question: () => Promise<Answer>,
    ): Promise<Answer | undefined> {
      const before = unanswered.get(network) ?? 0
      try {
        if (before < PATIENCE) {
          const answer = await question()
          unanswered.delete(network)
          return answer
        }
      } catch (error) {
        unanswered.set(network, before + 1)
        first ??= `${what} could not be read: ${reasonOf(error)}`
      }
      count += 1
      return undefined
    },

    /** After the last question. */
    finish(): void {
      if (first === undefined) return
      findings.leaveOpen(check, count > 1 ? `${first} (and ${count - 1} answers more are missing)` : first)
    },
  }
}

/** In one line: some libraries add the whole request. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line || 'no reason was given'
}
