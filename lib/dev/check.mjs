#!/usr/bin/env node
// `npm test`: everything CI runs, told in this order, until something is red. `npm test -- unit e2e` runs only those steps.
// Ends with a line `N passed, N failed` that sums the tests of all steps; a step that fails without a failed test,
// such as the linter, counts as one.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { installChromium } from './chromium.mjs'
import { findFoundry } from './find-foundry.mjs'
import { buildPages, generateClient, installPackages, requireNode } from './prepare.mjs'
import { PlainError, runProgram, stopPrograms } from './run-program.mjs'
import { begin, step } from './step.mjs'

process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'comitia-check-'))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopPrograms)

const tests = { passed: 0, failed: 0 }
/** The step of that name, which begins before its turn. */
let contracts

const steps = {
  format: () => step('Format and lint', () => runProgram('node_modules/.bin/biome', ['ci', '--colors=off'])),
  types: () => step('Types', checkTypes),
  imports: () => step('Directions of imports', checkImports),
  unit: () => step('Unit and service tests', runUnitTests),
  contracts: () => step('Contracts', contracts),
  build: buildPages,
  unused: () => step('Unused code', () => runProgram('node_modules/knip/bin/knip.js', ['--no-progress'])),
  e2e: () => step('Journeys in a browser', runJourneys),
}

try {
  const chosen = chooseSteps(process.argv.slice(2))
  requireNode()
  await installPackages({ dev: true })
  await generateClient()
  if (chosen.includes('e2e')) await installChromium()
  // Beside the types and the imports, since either compiler keeps one core busy.
  if (chosen.includes('contracts')) contracts = begin(checkContracts)
  for (const name of chosen) await steps[name]()
} catch (error) {
  stopPrograms()
  if (tests.failed === 0) tests.failed = 1
  console.error(`\n${error instanceof PlainError ? error.message : error.stack}\n`)
  process.exitCode = 1
}
console.log(`${tests.passed} passed, ${tests.failed} failed`)

/** In the order of `steps`, whatever the order of asking. */
function chooseSteps(names) {
  const unknown = names.find((name) => !(name in steps))
  if (unknown) throw new PlainError(`There is no step "${unknown}". Steps: ${Object.keys(steps).join(', ')}.`)
  return Object.keys(steps).filter((name) => names.length === 0 || names.includes(name))
}

async function checkTypes() {
  // What an earlier build wrote about pages that have moved since.
  fs.rmSync('.next/types', { recursive: true, force: true })
  await runProgram('node_modules/typescript/bin/tsc', ['--noEmit'])
}

async function checkImports() {
  const args = ['--config', 'lib/.dependency-cruiser.cjs', 'app', 'lib', 'e2e']
  await runProgram('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', args)
}

async function runUnitTests() {
  const report = path.join(scratch, 'unit.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    await runProgram('node_modules/vitest/vitest.mjs', ['run', ...reporters])
  } finally {
    const { numPassedTests = 0, numFailedTests = 0 } = readReport(report)
    count(numPassedTests, numFailedTests)
  }
}

async function checkContracts() {
  const forge = (...args) => runProgram(findFoundry('forge'), args, { cwd: 'contracts' })
  await forge('fmt', '--check')
  await forge('build')
  await runProgram('contracts/script/generate-abi.mjs', ['--check'])
  try {
    countForge(await forge('test'))
  } catch (error) {
    countForge(error.message)
    throw error
  }
}

/** From forge's last line: `Ran 2 test suites …: 9 tests passed, 0 failed, 0 skipped (9 total tests)`. */
function countForge(output) {
  const [, passed, failed] = /: (\d+) tests? passed, (\d+) failed/.exec(output) ?? []
  count(Number(passed ?? 0), Number(failed ?? 0))
}

async function runJourneys() {
  const report = 'e2e/results/report.json'
  fs.rmSync(report, { force: true })
  try {
    await runProgram('node_modules/playwright/cli.js', ['test', '--config', 'e2e/playwright.config.ts'])
  } finally {
    // One that passed only at its second try is not green.
    const { expected = 0, unexpected = 0, flaky = 0 } = readReport(report).stats ?? {}
    count(expected, unexpected + flaky)
  }
}

function count(passed, failed) {
  tests.passed += passed
  tests.failed += failed
}

function readReport(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
}
