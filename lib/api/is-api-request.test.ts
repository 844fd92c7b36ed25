import { expect, test } from 'vitest'
import { isApiRequest } from './is-api-request'

test.each([
  ['POST', '/'],
  ['OPTIONS', '/'],
  ['POST', '/?app=x'],
  ['GET', '/api'],
  ['GET', '/api/v1/spaces?first=3'],
  ['GET', '/log/checkpoint'],
  ['HEAD', '/log/tile/0/x001/234.p/56'],
  ['POST', '/graphql'],
  ['POST', '/hub/graphql'],
  ['POST', '/flag'],
])('the API answers %s %s', (method, url) => expect(isApiRequest(method, url)).toBe(true))

test.each([
  ['GET', '/'],
  ['HEAD', '/'],
  ['GET', '/flag'],
  ['GET', '/apiary'],
  ['GET', '/logbook/about'],
  ['GET', '/demo/proposal/0x1'],
  ['GET', '/_next/static/x.js'],
])('%s %s is a page', (method, url) => expect(isApiRequest(method, url)).toBe(false))
