import type { Hex } from 'viem'

/** A contract's code as it was compiled, zeros where its constructor writes. Offsets and lengths in bytes. */
export interface Runtime {
  readonly code: Hex
  readonly immutables: readonly { readonly start: number; readonly length: number }[]
}

/** Whether code on a chain (lower-case hex) is what was compiled, whatever its constructor wrote. */
export function isRuntime(code: Hex, { code: compiled, immutables }: Runtime): boolean {
  if (code.length !== compiled.length) return false
  let at = 0
  for (const { start, length } of immutables) {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)]
    if (code.slice(at, from) !== compiled.slice(at, from)) return false
    at = to
  }
  return code.slice(at) === compiled.slice(at)
}
