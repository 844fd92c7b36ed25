/**
 * The results of `work` over `items`, in their order, with at most `ahead` of them under way. When one throws, or nobody
 * asks any more, no further one is begun.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const queue: Promise<Result>[] = []
  const begin = (item: Item) => {
    const result = work(item)
    // It is thrown where it is waited for; until then nobody listens.
    result.catch(() => {})
    queue.push(result)
  }
  for (const item of items) {
    begin(item)
    if (queue.length === ahead) yield await (queue.shift() as Promise<Result>)
  }
  for (const result of queue) yield await result
}
