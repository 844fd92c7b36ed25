import { sha256 } from '@noble/hashes/sha2'
import { verifyTypedData } from 'viem/utils'
import { expect, it } from 'vitest'
import { canonicalEnvelope, type SignedMessage } from './envelope'
import { parseEnvelope } from './parse-envelope'
import { resolveMessage } from './resolve-message'
import { normaliseSignature } from './signature'
import vectors from './vectors/envelopes.json'

/** As ingest stores it. */
function accept(body: unknown) {
  const envelope = parseEnvelope(body)
  const { id, domain, definition, message, kind } = resolveMessage(envelope)
  const data = { domain, types: definition.types, message }
  return {
    kind,
    ...canonicalEnvelope({
      address: envelope.address,
      sig: normaliseSignature(envelope.sig),
      hash: id,
      data,
    }),
  }
}

it.each(vectors)('is byte for byte what other tools compute: $name', ({ text, sha256, cid, kind }) => {
  const { hash: _, ...request } = JSON.parse(text)
  expect(accept(request)).toEqual({ kind, text, sha256, cid })
})

it.each(vectors)('verifies by itself: $name', async ({ text }) => {
  const { address, sig, data } = JSON.parse(text) as SignedMessage
  const primaryType = Object.keys(data.types)[0]
  const claim = { address, signature: sig, ...data, primaryType } as Parameters<typeof verifyTypedData>[0]
  expect(await verifyTypedData(claim)).toBe(true)
})

it('does not depend on how the request was written', () => {
  const [vector] = vectors
  const { address, sig, data } = JSON.parse(vector?.text ?? '') as SignedMessage
  const v = sig.endsWith('1b') ? '00' : '01'
  const message = {
    privacy: 'x',
    ...Object.fromEntries(Object.entries(data.message).reverse()),
    choice: '0x01',
  }
  const domain = { version: data.domain.version, name: data.domain.name }
  const types = { EIP712Domain: [], ...data.types }
  const request = {
    data: { primaryType: 'Vote', message, types, domain },
    sig: `${sig.slice(0, -2)}${v}`,
    address,
  }
  expect(accept(request).text).toBe(vector?.text)
})

it('is hashed as UTF-8', () => {
  const vector = vectors[1]
  expect(`0x${Buffer.from(sha256(Buffer.from(vector?.text ?? '', 'utf8'))).toString('hex')}`).toBe(
    vector?.sha256,
  )
})
