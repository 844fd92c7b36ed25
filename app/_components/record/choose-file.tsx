'use client'
import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../ui/button'

/** A button that opens files of receipts, and hands on their texts. */
export function ChooseFile({
  children,
  onTexts,
}: {
  readonly children: string
  readonly onTexts: (texts: string[]) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,application/json"
        onChange={async ({ target }) => {
          const files = [...(target.files ?? [])]
          // The same file may be chosen again.
          target.value = ''
          onTexts(await Promise.all(files.map((file) => file.text())))
        }}
      />
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden className="size-4" />
        {children}
      </Button>
    </>
  )
}
