/** One answer for each owner, as old as `keepMs` at most. */
export interface BriefMemory<Value> {
  /** From memory, or by `find`; `now` is in milliseconds. Who asks while one is being found waits for the same one. */
  read(owner: object, now: number, find: () => Promise<Value>): Promise<Value>
  forget(owner: object): void
}

/** Remembers what is asked again and again and may be somewhat old. An answer that fails is looked for again. */
export function createBriefMemory<Value>(keepMs: number): BriefMemory<Value> {
  const kept = new WeakMap<object, { readonly at: number; readonly value: Promise<Value> }>()
  return {
    read(owner, now, find) {
      const known = kept.get(owner)
      // A clock that was set back must not make it last.
      if (known && Math.abs(now - known.at) < keepMs) return known.value
      const value = find()
      kept.set(owner, { at: now, value })
      value.catch(() => kept.get(owner)?.value === value && kept.delete(owner))
      return value
    },
    forget: (owner) => kept.delete(owner),
  }
}
