import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from './markdown'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)
/** Tags and attributes that act: what is only text is escaped and does not match. */
const active =
  /<(script|iframe|img|object|embed|form|input type="(?!checkbox)|style|link|meta|base|svg:)|<[^>]+\s(on\w+|style|srcset|formaction)=|href="(?!https?:|mailto:|#)/i

describe('Markdown', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:msgbox)',
    '[x](//evil.example/path)',
    '![x](javascript:alert(1))',
    '![x](https://tracker.example/pixel.png)',
    '![x](https://tracker.example/a.png "onload=alert(1)")',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mi xlink:href="data:x,<script>alert(1)</script>">',
    '<details open ontoggle=alert(1)>',
    '```"><script>alert(1)</script>\ncode\n```',
    '`<img src=x onerror=alert(1)>`',
    '<https://evil.example/"onmouseover="alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '| a | <script>alert(1)</script> |\n|---|---|\n| b | ![c](http://d/e.png) |',
    '<style>body{display:none}</style>',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example"><button>claim</button></form>',
  ])('is inert: %s', (text) => {
    expect(html(text)).not.toMatch(active)
  })

  test('an image becomes a link that says what it is', () => {
    const image = html('![the shed](https://example.org/shed.png)')
    expect(image).toContain('Image: the shed')
    expect(image).toContain('href="https://example.org/shed.png"')
  })

  test('a link that leaves is marked and hands over nothing', () => {
    const link = html('[forum](https://example.org)')
    expect(link).toContain('rel="noopener noreferrer nofollow ugc"')
    expect(link).toContain('leaves this site')
  })

  test.each(['# A\n\n## B', '### A\n\n#### B', '###### A'])(
    'headings start right below the page’s title: %j',
    (text) => {
      expect(html(text).match(/<h\d/g)?.[0]).toBe('<h2')
    },
  )

  test('a footnote leads to its note and back', () => {
    const note = html('text[^1]\n\n[^1]: note')
    const hrefs = [...note.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(hrefs).toHaveLength(2)
    for (const id of hrefs) expect(note).toContain(`id="${id}"`)
  })

  test('a link to elsewhere in the text is text: nothing there can be led to', () => {
    expect(html('[top](#top)')).toBe('<div class="prose"><p dir="auto"><span>top</span></p></div>')
  })

  test.each(['שלום', '# שלום', '- שלום', '1. שלום', '> שלום'])('runs the way its words do: %s', (text) => {
    expect(html(text)).toMatch(/^<div class="prose"><\w+ dir="auto">/)
    // An inner one would take the words away from those by which the block is judged.
    expect(html(text).match(/dir=/g)).toHaveLength(1)
  })

  test('what scrolls can be reached, and what is ticked has a name', () => {
    expect(html('```\ncode\n```')).toContain('<pre role="region" aria-label="Code" tabindex="0">')
    expect(html('- [ ] a\n- [x] b').match(/aria-label="[^"]+"/g)).toEqual([
      'aria-label="To do"',
      'aria-label="Done"',
    ])
  })
})
