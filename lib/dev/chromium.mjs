import fs from 'node:fs'
import { PlainError, runProgram } from './run-program.mjs'
import { step } from './step.mjs'

/** Installs Chromium for the browser tests unless there is one: Playwright's own, else as root Debian's. */
export async function installChromium() {
  if (await isThere()) return
  await step('Installing Chromium', async () => {
    const failures = []
    for (const [file, ...args] of attempts()) {
      try {
        await runProgram(file, args)
      } catch (error) {
        failures.push(error.message)
        continue
      }
      if (await isThere()) return
    }
    throw new PlainError(
      `${failures.join('\n\n')}\n\nThe browser tests need Chromium. Install it (sudo apt-get install -y chromium), or name one: COMITIA_CHROMIUM=/path/to/chromium npm test`,
    )
  })
}

function* attempts() {
  yield ['node_modules/playwright/cli.js', 'install', 'chromium']
  if (process.getuid?.() !== 0) return
  yield ['apt-get', 'update']
  yield ['apt-get', 'install', '-y', 'chromium']
}

async function isThere() {
  if (process.env.COMITIA_CHROMIUM) return fs.existsSync(process.env.COMITIA_CHROMIUM)
  const { chromium } = await import('playwright')
  return [chromium.executablePath(), '/usr/bin/chromium'].some((file) => fs.existsSync(file))
}
