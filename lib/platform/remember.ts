/** The answer to `key` of an `owner`, from memory or by `find`. */
export type Memory<Value> = (owner: object, key: string, find: () => Promise<Value>) => Promise<Value>

/**
 * Remembers answers that never change, for each owner the `max` that were asked for last, as long as the owner lives.
 * Who asks while one is being found waits for the same one; one that fails is looked for again.
 */
export function createMemory<Value>(max: number): Memory<Value> {
  const memories = new WeakMap<object, Map<string, Promise<Value>>>()
  return (owner, key, find) => {
    const known = memories.get(owner) ?? new Map<string, Promise<Value>>()
    memories.set(owner, known)
    const value = known.get(key) ?? find()
    known.delete(key)
    known.set(key, value)
    value.catch(() => known.get(key) === value && known.delete(key))
    const [oldest] = known.keys()
    if (known.size > max && oldest !== undefined) known.delete(oldest)
    return value
  }
}
