'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button'
import { applyTheme, nextTheme, type Theme } from './theme'

const icons = { system: Monitor, light: Sun, dark: Moon }
const names = { system: 'as the system', light: 'light', dark: 'dark' }

/** Goes round: as the system, light, dark. */
export function ThemeToggle({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const Icon = icons[theme]
  return (
    <Button
      look="quiet"
      icon
      aria-label={`Colours: ${names[theme]}. Change to ${names[nextTheme(theme)]}`}
      title={`Colours: ${names[theme]}`}
      onClick={() => {
        const next = nextTheme(theme)
        applyTheme(next)
        setTheme(next)
      }}
    >
      <Icon aria-hidden className="size-4.5" />
    </Button>
  )
}
