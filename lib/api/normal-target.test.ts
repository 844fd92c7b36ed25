import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalTarget } from './normal-target'

test.each([
  ['/', '/'],
  ['/api/msg?a=%2F..', '/api/msg?a=%2F..'],
  ['/./api/msg', '/api/msg'],
  ['/x/../api/msg', '/api/msg'],
  ['/x/%2e%2E/api/msg', '/api/msg'],
  ['/\\..\\api/msg', '/api/msg'],
  ['/%61pi/msg', '/api/msg'],
  ['/api%2fmsg', '/api%2fmsg'],
  ['http://anywhere/x/../api/msg?b', '/api/msg?b'],
  ['HTTPS://anywhere', '/'],
  ['//api/msg', '//api/msg'],
])('%s is %s', (target, normal) => expect(normalTarget(target)).toBe(normal))

test.each(['*', '', 'api/msg', 'anywhere:443', 'file:///api', '/%ff', '/%', '/a%00', 'http://'])(
  '%s is none',
  (target) => expect(normalTarget(target)).toBeUndefined(),
)

test('what is normal stays as it is', () => {
  const piece = fc.constantFrom('.', '/', '\\', '%2e', '%25', '%41', '%c3%bc', 'api', '?', '#', ' ', 'ü', '*')
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const once = normalTarget(`/${pieces.join('')}`)
      if (once !== undefined) expect(normalTarget(once)).toBe(once)
    }),
  )
})
