import { parseVerifierKey } from '../core/log/verifier-key'

/** Somebody who is asked to co-sign the log's checkpoints. */
export interface NamedWitness {
  readonly name: string
  /** Its verifier key, as C2SP writes it. */
  readonly key: string
  /** Submission prefix of C2SP tlog-witness, without a slash at its end. */
  readonly url: string
}

/**
 * Reads `<verifier key> <url>, <verifier key> <url>, …`. What is wrong with an item is added to `problems`, a line each,
 * and the item left out.
 */
export function parseWitnesses(list: string, problems: string[]): NamedWitness[] {
  const witnesses = new Map<string, NamedWitness>()
  const items = list.split(',').map((part) => part.trim())
  for (const [at, item] of items.filter(Boolean).entries()) {
    const [key = '', url = '', ...rest] = item.split(/\s+/)
    const problem = (text: string) => problems.push(`COMITIA_WITNESSES: entry ${at + 1} ${text}`)
    const parsed = readKey(key)
    if (!url || rest.length > 0) problem('must be a verifier key, a space and a URL')
    else if (!parsed) problem('does not begin with a verifier key')
    else if (parsed.type !== 'cosignature') problem('begins with the key of a log, not of a witness')
    else if (!isPrefix(url)) problem('must end with an http:// or https:// URL without user, query and #')
    // What a witness signs does not say its name: one key is one witness.
    else if (witnesses.has(parsed.publicKey.join())) problem('has the key of another witness in the list')
    else witnesses.set(parsed.publicKey.join(), { name: parsed.name, key, url: url.replace(/\/+$/, '') })
  }
  return [...witnesses.values()]
}

function readKey(text: string) {
  try {
    return parseVerifierKey(text)
  } catch {
    return undefined
  }
}

function isPrefix(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash
}
