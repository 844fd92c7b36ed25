import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TrailEntry } from '../views/trail-view'
import { trailCsvHeader, trailCsvRecord } from './trail-csv'

const id = `0x${'ab'.repeat(32)}` as const
const entry = (title: string): TrailEntry => ({
  id,
  at: 1_800_000_000,
  author: null,
  proposal: { id, title },
  what: { kind: 'withdrawal', as: 'author' },
  message: null,
})

/** What a program that splits at `separator` would show, quotes honoured where a cell begins with one. */
function cells(record: string, separator: string): string[] {
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(?:${separator}|\\r\\n?|\\n)`, 'g')
  return [...record.matchAll(pattern)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

test('a record is one of RFC 4180: every text comes out as it went in, but for apostrophes before formulas', () => {
  const unit = fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', '|', ' ', '=', '+', '-', '@', '＝', "'")
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (title) => {
      const read = cells(trailCsvRecord(entry(title)), ',')
      expect(read).toHaveLength(cells(trailCsvHeader, ',').length)
      expect(read[7]?.replaceAll("'", '')).toBe(title.replaceAll("'", ''))
      for (const separator of [',', ';', '\\t', '\\|']) {
        const formulas = cells(trailCsvRecord(entry(title)), separator).filter((cell) =>
          /^\s*[=+\-@＝＋－＠]/.test(cell),
        )
        expect(formulas).toEqual([])
      }
    }),
    { numRuns: 500 },
  )
})

test('what may be a formula is found as by looking back from each sign, and a long blank takes no time', () => {
  const slow = (title: string) => title.replace(/(?<=(^|[;|\t\r\n])\s*)[=+\-@＝＋－＠]/g, "'$&")
  const unit = fc.constantFrom(
    'a',
    ';',
    '|',
    '\t',
    '\n',
    '\r',
    ' ',
    '\u00a0',
    '\u2028',
    '\v',
    '=',
    '-',
    '＠',
    "'",
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 16 }), (title) => {
      expect(cells(trailCsvRecord(entry(title)), ',')[7]).toBe(slow(title))
    }),
    { numRuns: 2_000 },
  )
  const blank = ' '.repeat(5_000)
  for (const [title, written] of [
    [`a${blank}=`, `a${blank}=`],
    [`${blank}=`, `${blank}'=`],
    [`a;${blank}=`, `a;${blank}'=`],
  ] as const) {
    expect(cells(trailCsvRecord(entry(title)), ',')[7]).toBe(written)
  }
  const started = performance.now()
  for (let i = 0; i < 200; i++) trailCsvRecord(entry(`a${blank}`))
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('a record in full', () => {
  expect(trailCsvHeader + trailCsvRecord(entry('=HYPERLINK("http://evil.example")'))).toMatchInlineSnapshot(`
    "log_index,time,kind,author,what,reason,proposal,title,id,signed_at,signature,method,cid,transaction
    ,2027-01-15T08:00:00.000Z,withdrawal,,"Withdrew the proposal, as its author.",,0xabababababababababababababababababababababababababababababababab,"'=HYPERLINK(""http://evil.example"")",0xabababababababababababababababababababababababababababababababab,,,,,
    "
  `)
})
