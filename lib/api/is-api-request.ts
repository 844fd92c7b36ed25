/** Which requests the API answers; all others are pages. `/` is a page to read and an endpoint to post to, like `/flag`. */
export function isApiRequest(method = 'GET', url = '/'): boolean {
  const path = url.split('?', 1)[0] ?? '/'
  if (path === '/') return method === 'POST' || method === 'OPTIONS'
  if (path === '/flag') return method === 'POST'
  return /^\/(api|log|graphql|hub\/graphql)(\/|$)/.test(path)
}
