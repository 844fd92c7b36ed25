'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from '../ui/button'
import { applyTheme, nextTheme, shownTheme, type Theme, watchTheme } from './theme'

const icons = { system: Monitor, light: Sun, dark: Moon }
const names = { system: 'as the system', light: 'light', dark: 'dark' }

/** Goes round: as the system, light, dark. */
export function ThemeToggle({ initial }: { readonly initial: Theme }) {
  const theme = useSyncExternalStore(watchTheme, shownTheme, () => initial)
  const Icon = icons[theme]
  return (
    <Button
      look="quiet"
      icon
      aria-label={`Colours: ${names[theme]}. Change to ${names[nextTheme(theme)]}`}
      title={`Colours: ${names[theme]}`}
      onClick={() => applyTheme(nextTheme(theme))}
    >
      <Icon aria-hidden className="size-4.5" />
    </Button>
  )
}
