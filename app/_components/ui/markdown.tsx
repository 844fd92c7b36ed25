import { ImageOff } from 'lucide-react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { ExternalLink } from './external-link'

/**
 * The one place where somebody else's text becomes markup. Raw HTML stays text, only http(s) and mailto links
 * live, and an image is a link to where it lies: loading it would tell its server who reads this page.
 */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[[rehypeSanitize, schema], levelHeadings, findDirections]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}

const schema = {
  ...defaultSchema,
  // Only footnotes have ids, which are prefixed before they come here; twice, and their links would lead nowhere.
  clobberPrefix: '',
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https'] },
}

const components: Components = {
  a: ({ node, href, children, ...rest }) => {
    // Of what jumps within the page only footnotes have somewhere to go.
    const { dataFootnoteRef, dataFootnoteBackref } = node?.properties ?? {}
    if (dataFootnoteRef !== undefined || dataFootnoteBackref !== undefined) {
      return (
        <a {...rest} href={href} className="link">
          {children}
        </a>
      )
    }
    // A link without a scheme would lead somewhere on this site, or to a host that does not show.
    if (!href || !/^(https?:|mailto:)/i.test(href)) return <span>{children}</span>
    return <ExternalLink href={href}>{children}</ExternalLink>
  },
  img: ({ src, alt }) => (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-control border border-dashed px-2 text-base">
      <ImageOff aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {typeof src === 'string' && src ? (
          <ExternalLink href={src}>Image{alt ? `: ${alt}` : ''}</ExternalLink>
        ) : (
          <>Image{alt ? `: ${alt}` : ''}</>
        )}
      </span>
    </span>
  ),
  input: ({ node: _, ...rest }) => <input {...rest} aria-label={rest.checked ? 'Done' : 'To do'} />,
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a section does not keep its lines
    <pre role="region" aria-label="Code" tabIndex={0}>
      {children}
    </pre>
  ),
  table: ({ children }) => (
    // A wide table scrolls by itself, by keyboard too, and the page does not.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="table-scroll" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
}

type Root = ReturnType<ReturnType<typeof rehypeSanitize>>
type Element = Extract<Root['children'][number], { type: 'element' }>

/** Shifts a text's headings so that its highest stands right below the page's own title, whatever its author began with. */
function levelHeadings() {
  return (root: Root) => {
    const headings = root.children.filter(
      (node) => node.type === 'element' && /^h[1-6]$/.test(node.tagName),
    ) as Element[]
    const highest = Math.min(...headings.map(({ tagName }) => Number(tagName[1])))
    for (const heading of headings) {
      heading.tagName = `h${Math.min(6, Number(heading.tagName[1]) - highest + 2)}`
    }
  }
}

/** Lets every block that stands by itself run the way its own text does; what is inside it follows it. */
function findDirections() {
  return (root: Root) => {
    for (const node of root.children) {
      if (node.type === 'element' && /^(p|ul|ol|blockquote|h[1-6])$/.test(node.tagName)) {
        node.properties.dir = 'auto'
      }
    }
  }
}
