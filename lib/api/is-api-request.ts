/** Which requests the API answers; all others are pages. `/` is a page to read and an endpoint to post to, like `/flag`. */
export function isApiRequest(method = 'GET', url = '/'): boolean {
  const path = url.split('?', 1)[0] ?? '/'
  if (path === '/') return method === 'POST' || method === 'OPTIONS'
  if (path === '/flag') return method === 'POST'
  // What a sequencer has without /api. No page is there, not even of a space named `scores`.
  if (/^\/scores\/0x[0-9a-f]{64}$/i.test(path) || /^\/spaces\/[^/]+\/poke$/.test(path)) return true
  return /^\/(api|log|graphql|hub\/graphql)(\/|$)/.test(path)
}
