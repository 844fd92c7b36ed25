import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { AppError } from '../errors'
import { encodeLeaf, hashLeaf } from '../log/leaf'
import type { Definition, Field } from '../messages/definitions'
import { canonicalEnvelope } from '../messages/envelope'
import { hashMessage } from '../messages/hash-message'
import { type FieldValue, normaliseValue } from '../messages/normalise-value'
import { resolveKept } from '../messages/resolve-kept'
import type { ResolvedMessage } from '../messages/resolve-message'
import type { HexString } from '../views/hex-string'
import { type LineOf, patterns } from './bundle-line'
import { isExactAddress } from './exact-address'
import type { Findings } from './findings'

/** A message of a bundle, by what it says. Who signed it is another question. */
export interface ReadMessage {
  readonly line: LineOf<'message'> | LineOf<'ballot'>
  readonly resolved: ResolvedMessage
  readonly sig: HexString
  /** Who is said to have signed: the author, or his alias. */
  readonly signer: HexString
  /** Unix seconds, as receipts and voting windows count. */
  readonly acceptedAt: number
  /** Its leaf's hash in the log. */
  readonly leaf: Uint8Array
}

/** A form that messages name. */
export interface MessageForm {
  domain: object
  types: object
  /** What the first message under it has shown, so that the others are read without asking again. */
  known?: Pick<ResolvedMessage, 'definition' | 'domain'> & {
    /** As the canonical envelope has it. */
    readonly domainText: string
    /** Of the first message: all of a bundle are about one space. */
    readonly space: { readonly signed: FieldValue | undefined; readonly id: string | undefined }
  }
}

/** Envelopes of more characters are left to `parseEnvelope`, which says how many are too many. */
const MAX_PLAIN = 50_000

/**
 * Rebuilds a message from its line: the definition from our own list, id, envelope and leaf from what it says. Undefined,
 * with a finding, if it is none, or is not written in its one form.
 */
export function readMessage(
  line: ReadMessage['line'],
  form: MessageForm | undefined,
  findings: Findings,
): ReadMessage | undefined {
  const where = `line with log index ${line.index}`
  try {
    if (!form) {
      findings.fail('forms', `The ${where} names a form that does not come before it.`, where)
      return undefined
    }
    const plain = form.known && readPlain(line, form.known)
    if (plain) return plain

    const { domain, types } = form
    const sig = line.sig as HexString
    const data = { domain, types, message: line.message }
    const { resolved, address } = resolveKept({ address: line.signer ?? line.message.from, sig, data })
    const isOneForm =
      JSON.stringify(resolved.message) === JSON.stringify(line.message) &&
      JSON.stringify(resolved.domain) === JSON.stringify(domain) &&
      JSON.stringify(resolved.definition.types) === JSON.stringify(types) &&
      line.signer !== resolved.from
    findings.expect(
      isOneForm,
      'forms',
      `The ${where} says more than was signed, or says it in other letters.`,
      resolved.id,
    )
    if (isOneForm) learn(form, resolved)

    const signed = { domain: resolved.domain, types: resolved.definition.types, message: resolved.message }
    const envelope = canonicalEnvelope({ address, sig, hash: resolved.id, data: signed })
    return readAs(line, { resolved, signer: address, envelopeSha256: envelope.sha256 })
  } catch (error) {
    const why = error instanceof AppError ? error.message : 'unreadable'
    findings.fail('forms', `The ${where} is no message of this product: ${why}.`, where)
    return undefined
  }
}

function readAs(
  line: ReadMessage['line'],
  {
    resolved,
    signer,
    envelopeSha256,
  }: Pick<ReadMessage, 'resolved' | 'signer'> & { readonly envelopeSha256: HexString },
): ReadMessage {
  const { kind, id } = resolved
  return {
    line,
    resolved,
    sig: line.sig as HexString,
    signer,
    acceptedAt: Math.floor(line.acceptedAtMs / 1000),
    leaf: hashLeaf(encodeLeaf({ kind, id, envelopeSha256, acceptedAtMs: line.acceptedAtMs })),
  }
}

function learn(form: MessageForm, { definition, domain, message, space }: ResolvedMessage): void {
  form.known = {
    definition,
    domain,
    domainText: JSON.stringify(domain),
    space: { signed: message.space, id: space },
  }
  // Any ballot may have a domain of its own: a million forms must not hold a million copies of a definition.
  form.domain = domain
  form.types = definition.types
}

/**
 * The same under a known form, in a third of the time, as only what differs from message to message is looked at. Undefined
 * unless all is as it should be; of that the other way has to judge.
 */
function readPlain(
  line: ReadMessage['line'],
  { definition, domain, domainText, space }: NonNullable<MessageForm['known']>,
): ReadMessage | undefined {
  const { message, sig } = line
  const { from, timestamp, proposal } = message
  const names = Object.keys(message)
  const isPlain =
    line.signer === undefined &&
    names.length === definition.fields.length &&
    definition.fields.every(
      (field, at) => names[at] === field.name && isNormal(field, message[field.name]),
    ) &&
    isExactAddress(from) &&
    typeof timestamp === 'number' &&
    message.space === space.signed &&
    !(typeof proposal === 'string' && proposal.includes(' ')) &&
    patterns.hex.test(sig)
  if (!isPlain) return undefined

  const id = hashMessage(definition, domain, message)
  const data = `{"domain":${domainText},"types":${typesText(definition)},"message":${JSON.stringify(message)}}`
  const envelope = `{"address":"${from}","sig":"${sig}","hash":"${id}","data":${data}}`
  if (envelope.length > MAX_PLAIN) return undefined
  const resolved: ResolvedMessage = {
    kind: definition.kind,
    definition,
    domain,
    message,
    id,
    digest: id,
    from,
    timestamp,
    ...(space.id !== undefined && { space: space.id }),
  }
  const envelopeSha256: HexString = `0x${bytesToHex(sha256(utf8ToBytes(envelope)))}`
  return readAs(line, { resolved, signer: from, envelopeSha256 })
}

/** Whether a value is in the one form of its type. */
function isNormal({ type }: Field, value: FieldValue | undefined): boolean {
  if (type === 'address') return isExactAddress(value)
  const normal = normaliseValue(type, value)
  if (!Array.isArray(normal)) return normal !== undefined && normal === value
  return Array.isArray(value) && normal.every((item, at) => item === value[at])
}

const typesTexts = new WeakMap<Definition, string>()

function typesText(definition: Definition): string {
  const text = typesTexts.get(definition) ?? JSON.stringify(definition.types)
  typesTexts.set(definition, text)
  return text
}
