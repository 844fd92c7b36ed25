import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { CSSProperties, ReactNode } from 'react'
import { readTheme, themeCookie } from './_components/frame/theme'
import { TopBar } from './_components/frame/top-bar'
import { Providers } from './_components/providers'
import { words } from './_components/words'
import { read } from './_server/read'
import { DemoBar } from './_wallet/demo-bar'
import './globals.css'

export const metadata: Metadata = {
  title: { default: words.product, template: `%s · ${words.product}` },
  description: 'Votes that anyone can check and a Safe can execute.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value)
  const installation = await read.installation()
  return (
    <html
      lang="en"
      data-theme={theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      style={installation.demo ? ({ '--demo-bar': '2.5rem' } as CSSProperties) : undefined}
    >
      <body className="flex min-h-dvh flex-col antialiased">
        <a
          href="#content"
          className="sr-only z-50 rounded-control bg-ink px-4 py-2 text-page focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {words.skipToContent}
        </a>
        <Providers installation={installation}>
          <TopBar theme={theme} />
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto w-full max-w-[1200px] flex-1 px-4 pt-6 pb-24 outline-none"
          >
            {children}
          </main>
          <DemoBar />
        </Providers>
      </body>
    </html>
  )
}
