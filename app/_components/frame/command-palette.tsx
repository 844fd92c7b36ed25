'use client'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useParams, useRouter } from 'next/navigation'
import { useEffect, useId, useState } from 'react'
import { useConnectDialog } from '../../_wallet/wallet-provider'
import { api } from '../api'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Overlay } from '../ui/overlay'
import { useDebounced } from '../ui/use-debounced'
import { words } from '../words'
import { applyTheme } from './theme'

interface Command {
  readonly id: string
  readonly group: string
  readonly name: string
  readonly detail?: string
  run(): void
}

/** Everything by name: spaces, the space's proposals, actions. Opens with ⌘K, Ctrl+K or "/". */
export function CommandPalette() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      const combination = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k'
      if (
        combination ||
        (event.key === '/' && !typing && !event.metaKey && !event.ctrlKey && !event.altKey)
      ) {
        event.preventDefault()
        setOpen((current) => (combination ? !current : true))
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Overlay
      open={open}
      onOpenChange={setOpen}
      title="Search and commands"
      titleHidden
      trigger={
        <Button
          className="text-muted sm:w-56 sm:justify-start"
          aria-label="Search and commands"
          aria-keyshortcuts="Control+K Meta+K /"
        >
          <Search aria-hidden className="size-4" />
          <span className="max-sm:hidden">Search</span>
          <kbd className="ml-auto rounded border px-1.5 font-sans text-small max-sm:hidden">/</kbd>
        </Button>
      }
    >
      <Commands onDone={() => setOpen(false)} />
    </Overlay>
  )
}

function Commands({ onDone }: { readonly onDone: () => void }) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const { commands, isSearching } = useCommands(text.trim())
  const chosen = commands[Math.min(active, commands.length - 1)]

  function run(command: Command | undefined) {
    if (!command) return
    onDone()
    command.run()
  }

  return (
    <div>
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type
        autoFocus
        role="combobox"
        aria-label="Search spaces, proposals and actions"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        autoComplete="off"
        placeholder="Search spaces, proposals, actions"
        className="w-full border-b bg-transparent px-5 py-4 text-reading outline-none"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined && commands.length > 0) {
            event.preventDefault()
            const next = (active + step + commands.length) % commands.length
            setActive(next)
            document.getElementById(`${listId}-${commands[next]?.id}`)?.scrollIntoView({ block: 'nearest' })
          }
          if (event.key === 'Enter') {
            event.preventDefault()
            run(chosen)
          }
        }}
      />
      <div id={listId} role="listbox" aria-label="Results" className="max-h-[50vh] overflow-y-auto p-2">
        {commands.length === 0 && (
          <p className="px-3 py-4 text-muted">{isSearching ? 'Searching' : 'Nothing by that name.'}</p>
        )}
        {commands.map((command, index) => (
          <div key={command.id}>
            {command.group !== commands[index - 1]?.group && (
              <p aria-hidden className="px-3 pt-2 pb-1 text-muted text-small">
                {command.group}
              </p>
            )}
            {/** biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input, which names the active option */}
            <div
              id={`${listId}-${command.id}`}
              role="option"
              aria-selected={command === chosen}
              onClick={() => run(command)}
              onKeyDown={() => {}}
              onPointerMove={() => setActive(index)}
              className={classNames(
                'flex min-h-control items-center gap-3 rounded-control px-3',
                command === chosen && 'bg-hover forced-colors:outline-2',
              )}
            >
              <span className="min-w-0 flex-1 truncate">{command.name}</span>
              {command.detail && <span className="text-muted text-small">{command.detail}</span>}
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

/** What goes by a name like `search`: of what was found for another text, only what fits this one too. */
function useCommands(search: string): {
  readonly commands: readonly Command[]
  readonly isSearching: boolean
} {
  const router = useRouter()
  const connect = useConnectDialog()
  const params = useParams<{ space?: string }>()
  const space = params.space ? decodeURIComponent(params.space) : undefined
  const settled = useDebounced(search)
  const spaces = useQuery({
    queryKey: ['palette', 'spaces', settled],
    queryFn: () => api.spaces({ first: 6, ...(settled && { search: settled }) }),
    placeholderData: (previous) => previous,
  })
  const proposals = useQuery({
    queryKey: ['palette', 'proposals', space, settled],
    queryFn: () => api.proposals(space ?? '', { first: 6, ...(settled && { search: settled }) }),
    enabled: space !== undefined,
    placeholderData: (previous) => previous,
  })

  const fits = (...names: readonly string[]) =>
    names.some((name) => name.toLowerCase().includes(search.toLowerCase()))
  const isStale = ({ isPlaceholderData }: { readonly isPlaceholderData: boolean }) =>
    isPlaceholderData || settled !== search
  const go = (href: string) => () => router.push(href)
  const actions: readonly Command[] = [
    ...(space
      ? [
          {
            id: 'new-proposal',
            group: 'Actions',
            name: words.newProposal,
            detail: space,
            run: go(`/${space}/create`),
          },
          { id: 'about', group: 'Actions', name: 'About this space', run: go(`/${space}/about`) },
          {
            id: 'treasury',
            group: 'Actions',
            name: 'Who can move the treasury',
            run: go(`/${space}/treasury`),
          },
          { id: 'delegates', group: 'Actions', name: 'Delegates', run: go(`/${space}/delegates`) },
          { id: 'trail', group: 'Actions', name: 'Audit trail', run: go(`/${space}/trail`) },
          { id: 'settings', group: 'Actions', name: 'Space settings', run: go(`/${space}/settings`) },
        ]
      : []),
    { id: 'connect', group: 'Actions', name: words.connectWallet, run: connect },
    { id: 'new-space', group: 'Actions', name: words.newSpace, run: go('/create') },
    { id: 'receipts', group: 'Actions', name: 'My receipts', run: go('/receipts') },
    { id: 'verify', group: 'Actions', name: 'Verify a message or a receipt', run: go('/verify') },
    { id: 'all-spaces', group: 'Actions', name: 'All spaces', run: go('/') },
    { id: 'dark', group: 'Actions', name: 'Dark colours', run: () => applyTheme('dark') },
    { id: 'light', group: 'Actions', name: 'Light colours', run: () => applyTheme('light') },
  ]
  const commands = [
    ...(proposals.data?.items ?? [])
      .filter(({ title }) => !isStale(proposals) || fits(title))
      .map((proposal) => ({
        id: proposal.id,
        group: 'Proposals',
        name: proposal.title,
        detail: words.states[proposal.state],
        run: go(`/${proposal.space}/proposal/${proposal.id}`),
      })),
    ...(spaces.data?.items ?? [])
      .filter(({ id, name }) => !isStale(spaces) || fits(id, name))
      .map((item) => ({
        id: `space-${item.id}`,
        group: 'Spaces',
        name: item.name,
        detail: item.id,
        run: go(`/${item.id}`),
      })),
    ...actions.filter(({ name }) => fits(name)),
  ]
  const isSearching =
    isStale(spaces) ||
    spaces.isPending ||
    (space !== undefined && (isStale(proposals) || proposals.isPending))
  return { commands, isSearching }
}
