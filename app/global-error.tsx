'use client'
import './globals.css'

/** The last resort, when even the frame around the pages failed. */
export default function GlobalError({ retry }: { readonly retry: () => void }) {
  return (
    <html lang="en">
      <body className="mx-auto max-w-xl px-4 py-16">
        <title>This page could not be shown</title>
        <h1 className="text-title">This page could not be shown</h1>
        <p className="mt-3">
          The server did not answer as it should. Every vote that was accepted is kept. Try again in a moment.
        </p>
        <button type="button" className="panel mt-5 px-4 py-2" onClick={() => retry()}>
          Try again
        </button>
      </body>
    </html>
  )
}
