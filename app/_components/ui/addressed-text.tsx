import { Address } from './address'

/** A sentence whose addresses can be read by name and in full; with pictures and copy buttons where they are the point. */
export function AddressedText({ text, plain = false }: { readonly text: string; readonly plain?: boolean }) {
  return text.split(/(0x[0-9a-fA-F]{40})\b/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed sentence
      <Address key={index} address={part} copy={!plain} picture={!plain} />
    ) : (
      part
    ),
  )
}
