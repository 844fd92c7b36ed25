'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../../_components/ui/button'
import { Field, Input } from '../../_components/ui/field'
import { findId } from './find-id'

/** Goes to the page of a message by its id. */
export function IdForm() {
  const router = useRouter()
  const [text, setText] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  return (
    <form
      className="flex flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        const id = findId(text)
        if (id) router.push(`/verify/${id}`)
        else setIsWrong(true)
      }}
    >
      <Field
        label="Id of a message"
        className="w-full"
        hint="Of a vote, a proposal, an edit: 0x and 64 characters, or a link that holds it."
        error={isWrong ? 'This holds no id: an id is 0x and 64 characters of 0–9 and a–f.' : null}
      >
        <Input
          className="font-mono"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setIsWrong(false)
          }}
        />
      </Field>
      <Button type="submit" look="primary">
        Look it up
      </Button>
    </form>
  )
}
