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
  ['GET', `/scores/0x${'aB'.repeat(32)}`],
  ['GET', '/spaces/demo.eth/poke?x=1'],
])('the API answers %s %s', (method, url) => expect(isApiRequest(method, url)).toBe(true))

test.each([
  ['GET', '/'],
  ['HEAD', '/'],
  ['GET', '/flag'],
  ['GET', '/apiary'],
  ['GET', '/logbook/about'],
  ['GET', '/demo/proposal/0x1'],
  ['GET', '/_next/static/x.js'],
  ['GET', '/scores'],
  ['GET', '/scores/0x12'],
  ['GET', `/scores/proposal/0x${'ab'.repeat(32)}`],
  ['GET', `/scores/0x${'ab'.repeat(32)}/x`],
  ['GET', '/spaces/demo.eth'],
  ['GET', '/spaces/demo.eth/proposal/poke'],
  ['GET', '/demo/spaces/x/poke'],
])('%s %s is a page', (method, url) => expect(isApiRequest(method, url)).toBe(false))
