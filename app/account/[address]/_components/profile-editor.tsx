'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { profileTypedData } from '../../../../lib/client/typed-data'
import { Publication } from '../../../_components/publication'
import { Button } from '../../../_components/ui/button'
import { Field, Input, Textarea } from '../../../_components/ui/field'
import { Overlay } from '../../../_components/ui/overlay'
import { useToast } from '../../../_components/ui/toast'
import { words } from '../../../_components/words'
import { usePublish } from '../../../_wallet/use-publish'

/** The connected account's profile: what is edited here changes, what other apps wrote into it stays. */
export function ProfileEditor({
  address,
  profile,
}: {
  readonly address: `0x${string}`
  readonly profile: Readonly<Record<string, unknown>>
}) {
  const queries = useQueryClient()
  const toast = useToast()
  const { publishing, publish, reset } = usePublish()
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState(profile)
  const text = (key: string) => (typeof draft[key] === 'string' ? draft[key] : '')
  const set = (key: string) => (event: { target: { value: string } }) =>
    setDraft({ ...draft, [key]: event.target.value })

  async function sign() {
    // What is empty goes: settings that are not there and settings that say nothing are the same.
    const filled = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== ''))
    const accepted = await publish(
      profileTypedData({
        from: address,
        timestamp: Math.floor(Date.now() / 1000),
        profile: JSON.stringify(filled),
      }),
    )
    if (!accepted) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['account', address] }),
      queries.invalidateQueries({ queryKey: ['name', address] }),
    ])
    setOpen(false)
    toast('Your profile is published, with a receipt.')
  }

  return (
    <Overlay
      title="Your profile"
      description="Public and signed. Beside your name stands the end of your address, as anybody can take any name."
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) {
          setDraft(profile)
          reset()
        }
      }}
      trigger={<Button>Edit profile</Button>}
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          sign()
        }}
      >
        <Field label="Name">
          <Input maxLength={32} value={text('name')} onChange={set('name')} />
        </Field>
        <Field label="About" hint="At most 256 characters.">
          <Textarea rows={3} maxLength={256} value={text('about')} onChange={set('about')} />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Name on X">
            <Input
              maxLength={15}
              pattern="[A-Za-z0-9_]*"
              spellCheck={false}
              value={text('twitter')}
              onChange={set('twitter')}
            />
          </Field>
          <Field label="Name on GitHub">
            <Input
              maxLength={39}
              pattern="[A-Za-z0-9_\-]*"
              spellCheck={false}
              value={text('github')}
              onChange={set('github')}
            />
          </Field>
        </div>
        {publishing.stage === 'idle' ? (
          <Button type="submit" look="primary">
            {words.signAndPublish}
          </Button>
        ) : (
          <Publication publishing={publishing} what="Your profile" onRetry={sign} />
        )}
      </form>
    </Overlay>
  )
}
