import fc from 'fast-check'
import { encodeFunctionData, getAddress, type Hex, parseAbi, serializeErc6492Signature, zeroHash } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tallyModuleAbi } from '../../chain/abi/tally-module'
import { proposalTypedData } from '../../client/typed-data'
import { latestDefinition } from '../../core/messages/definitions'
import { parseEnvelope } from '../../core/messages/parse-envelope'
import { resolveMessage } from '../../core/messages/resolve-message'
import type { Call } from '../../core/settlement/batch'
import type { ModuleConfig } from '../../core/settlement/module-config'
import { registrationSeconds } from '../../core/settlement/module-obstacles'
import type { ModuleRef } from '../../core/settlement/module-plugins'
import { buildPlugins } from '../../core/settlement/plugins'
import { storeExecution as storeRow } from '../../db/execution/store-execution'
import { storeExecution } from '../../services/execution/store-execution'
import { legacyWalletAbi, legacyWalletBytecode } from '../../testing/abi/legacy-wallet'
import { switchableWalletAbi, switchableWalletBytecode } from '../../testing/abi/switchable-wallet'
import {
  switchableWalletFactoryAbi,
  switchableWalletFactoryBytecode,
} from '../../testing/abi/switchable-wallet-factory'
import { accounts } from '../../testing/accounts'
import {
  type SignedEnvelope,
  signCancel,
  signMessage,
  signProposal,
  signUpdate,
} from '../../testing/factories'
import { expectRefusal } from '../expect-refusal.suite'
import { createModuleWorld, type ModuleWorld, payment } from '../module-world.suite'

const { Ada, Ben, Dan, Eve, Grace } = accounts
type Draft = Parameters<typeof signProposal>[1]

let world: ModuleWorld
let ref: ModuleRef
const calls = [payment]

/** Ada's good proposal with something changed. */
async function proposalBy(who: typeof Ada, changes: Partial<Draft> = {}, named = ref) {
  return signProposal(who, { ...(await world.draft(named)), ...changes })
}

async function head() {
  const { number, timestamp } = await world.chain.client.getBlock()
  return { number: Number(number), timestamp: Number(timestamp) }
}

/** `envelope` with another account in front of it and another signature. */
function asWallet(envelope: SignedEnvelope, wallet: Hex, sig: Hex): SignedEnvelope {
  return { ...envelope, address: wallet, sig }
}

describe('by a token that counts blocks', () => {
  beforeAll(async () => {
    world = await createModuleWorld()
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.reset()
    await world.tick()
    ref = await world.refFor(calls)
  })

  test('a good one is taken under the module’s rule, and the module registers exactly it', async () => {
    const envelope = await proposalBy(Ada, { title: 'Pay Grace', body: 'She earned it.', labels: ['pay'] })
    const { id } = await world.ingest.ingest(envelope)
    const row = await world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({
      executionHash: ref.executionHash,
      treasury: world.safe,
      snapshot: BigInt((await head()).number - 1),
      rule: { kind: 'majority', quorum: { required: (40n * 10n ** 18n).toString(), counted: [1, 3] } },
    })
    const { rows } = await world.ctx.db.query(
      `select task_identifier as task, extract(epoch from run_at)::bigint as at
       from graphile_worker.jobs where key like '%' || $1 order by run_at, task_identifier`,
      [id],
    )
    expect(rows).toContainEqual({ task: 'settle-proposal', at: String(world.now()) })
    await world.register(envelope, ref, calls)
    expect(await world.registered(id)).toMatchObject({
      author: Ada.address,
      executionHash: ref.executionHash,
      config: ref.config,
      total: 1_000n * world.unit,
      timepoint: row.snapshot,
    })
  })

  test('a good one that somebody has registered already is taken', async () => {
    const envelope = await proposalBy(Ada, { title: 'Faster than we' })
    await world.register(envelope, ref, calls)
    await world.ingest.ingest(envelope)
  })

  test('whoever had enough votes at the snapshot may propose', async () => {
    const envelope = await proposalBy(Ben, { title: 'By Ben' })
    await world.ingest.ingest(envelope)
    await world.register(envelope, ref, calls)
  })

  describe('what is wrong with the text', () => {
    const words =
      'A proposal that a module settles must be of type basic with the choices For, Against and Abstain.'
    const form =
      "A proposal that a module settles must be signed in the newest form of Snapshot's Proposal, under the domain of name and version alone."

    test.each<[string, Partial<Draft>, string]>([
      ['another type', { type: 'single-choice' }, words],
      ['choices without Abstain', { choices: ['For', 'Against'] }, words],
      ['choices in other words', { choices: ['Yes', 'No', 'Abstain'] }, words],
      ['choices in another order', { choices: ['Against', 'For', 'Abstain'] }, words],
      ['privacy', { privacy: 'shutter' }, 'shielded voting is not available'],
      [
        'the space in other letters',
        { space: 'DAO' },
        'The proposal names the space "DAO"; its module takes "dao", letter for letter.',
      ],
    ])('%s', async (_, changes, sentence) => {
      await expectRefusal(world, await proposalBy(Ada, changes), sentence)
    })

    test('an older form of the message, or a domain with more in it', async () => {
      const newest = proposalTypedData({
        ...{
          from: Ada.address,
          type: 'basic',
          title: 'Old',
          body: '',
          choices: ['For', 'Against', 'Abstain'],
        },
        ...(await world.draft(ref)),
      })
      const fields = latestDefinition('proposal').fields.map(({ name, type }) =>
        name === 'from' ? { name, type: 'address' } : { name, type },
      )
      const older = await signMessage(Ada, { ...newest, types: { Proposal: fields } })
      await expectRefusal(world, older, form)
      const chained = await signMessage(Ada, {
        ...newest,
        domain: { ...newest.domain, chainId: 31337 } as never,
      })
      await expectRefusal(world, chained, form)
    })

    test('plugins that are not letter for letter what the module rebuilds', async () => {
      const plugins = buildPlugins(ref)
      for (const text of [
        ` ${plugins}`,
        plugins.replace('}}', ',"x":1}}'),
        plugins.replace('"31337"', '"31337" '),
      ]) {
        await expectRefusal(
          world,
          await proposalBy(Ada, { plugins: text }),
          `plugins must be exactly ${plugins}`,
        )
      }
      const upper = plugins.replace(ref.config, ref.config.toUpperCase().replace('0X', '0x'))
      await expectRefusal(
        world,
        await proposalBy(Ada, { plugins: upper }),
        'plugins: comitia.config must be 0x and 64 lower-case hex digits',
      )
    })
  })

  describe('what is wrong with the module', () => {
    test('a chain that is not read', async () => {
      await expectRefusal(
        world,
        await proposalBy(Ada, {}, { ...ref, chainId: 10 }),
        'This server does not read chain 10: choose a module on a chain that it does.',
      )
    })

    test('no contract, or one that is no module', async () => {
      await expectRefusal(
        world,
        await proposalBy(Ada, {}, { ...ref, module: Eve.address }),
        `There is no contract at ${Eve.address} on chain 31337.`,
      )
      await expectRefusal(
        world,
        await proposalBy(Ada, {}, { ...ref, module: world.token }),
        `The contract at ${world.token} on chain 31337 is not a tally module.`,
      )
    })

    test('one that the Safe has not enabled', async () => {
      const other = await world.deployModule()
      await expectRefusal(
        world,
        await proposalBy(Ada, {}, { ...ref, module: other }),
        `The module ${other} is not enabled on its Safe ${world.safe}: the Safe's owners can enable it.`,
      )
    })

    test('a Safe that is no treasury, and a space that counts otherwise', async () => {
      await world.setSettings({ treasuries: [] })
      await expectRefusal(
        world,
        await proposalBy(Ada),
        `The module's Safe ${world.safe} on chain 31337 is not a treasury of this space: an admin can add it in its settings.`,
      )
      await world.setSettings({ strategies: [{ name: 'ticket', params: {} }] })
      await expectRefusal(
        world,
        await proposalBy(Ada),
        `The space counts votes by the strategy ticket; the module counts the delegated votes of the token ${world.token} (strategy erc20-votes).`,
      )
    })

    test('a rule that passes what the space promises not to pass', async () => {
      await world.setSettings({ voting: { quorum: 41 } })
      await expectRefusal(
        world,
        await proposalBy(Ada),
        'The space promises a quorum of 41, and the module asks for 40: an admin can lower the one, or the Safe raise the other.',
      )
      await world.setSettings({ voting: { quorum: 40 } })
      await world.ingest.ingest(await proposalBy(Ada, { title: 'As strict' }))
    })

    test('a config that is not the current one', async () => {
      const stale = ref
      await world.setConfig({ quorumBps: 500 })
      const { config } = await world.refFor(calls)
      await expectRefusal(
        world,
        await proposalBy(Ada, {}, stale),
        `The module's config is not the one in plugins: read it, and sign its current hash ${config}.`,
      )
    })
  })

  describe('what is wrong with the times', () => {
    test('too short a vote, from its start', async () => {
      const { timestamp } = await head()
      await expectRefusal(
        world,
        await proposalBy(Ada, { start: timestamp + 1_000, end: timestamp + 1_599 }),
        'The vote lasts 599 seconds; the module asks for at least 600.',
      )
    })

    test('too short a vote, from now: by the later of both clocks', async () => {
      const { timestamp } = await head()
      const start = timestamp - 200
      const end = (now: number) => now + registrationSeconds + 600
      const refused = (now: number) =>
        `The module asks for 600 seconds of voting after the registration, which takes up to 15: sign an end of ${end(now)} or later.`
      await expectRefusal(
        world,
        await proposalBy(Ada, { start, end: end(timestamp) - 1 }),
        refused(timestamp),
      )
      world.clock.advance(30)
      await expectRefusal(world, await proposalBy(Ada, { start, end: end(timestamp) }), refused(world.now()))
      await world.ingest.ingest(await proposalBy(Ada, { start, end: end(world.now()) }))
    })

    test('too early a start', async () => {
      const earliest = (await head()).timestamp + registrationSeconds - 300
      await expectRefusal(
        world,
        await proposalBy(Ada, { start: earliest - 1 }),
        `The module takes a start at most 300 seconds before the registration, which takes up to 15: sign a start of ${earliest} or later.`,
      )
      await world.ingest.ingest(await proposalBy(Ada, { start: earliest }))
    })

    test('a snapshot that is not past, or too old', async () => {
      const { number } = await head()
      await expectRefusal(
        world,
        await proposalBy(Ada, { snapshot: number }),
        `The snapshot must be past: sign block ${number - 1}, the one before the newest.`,
      )
      await world.setConfig({ maxSnapshotAge: 3n })
      const { number: now } = await head()
      const narrow = await world.refFor(calls)
      await expectRefusal(
        world,
        await proposalBy(Ada, { snapshot: now - 3 }, narrow),
        `The snapshot is older than the module takes: sign block ${now - 2} or a later one.`,
      )
      const envelope = await proposalBy(Ada, { snapshot: now - 2 }, narrow)
      await world.ingest.ingest(envelope)
      await world.register(envelope, narrow, calls)
    })
  })

  describe('what is wrong with the author', () => {
    test('too few votes', async () => {
      await expectRefusal(
        world,
        await proposalBy(Dan),
        `The module asks proposers for 300 GOV delegated to them at the snapshot; ${Dan.address} had 250 GOV.`,
      )
    })

    test('not on the list, where there is nothing else', async () => {
      await world.setConfig({ proposalThreshold: 0n })
      await expectRefusal(
        world,
        await proposalBy(Ben, {}, await world.refFor(calls)),
        `Only accounts on the module's list may propose, and ${Ben.address} is not on it.`,
      )
    })

    test('not allowed by the space, whatever the module says', async () => {
      await world.setSettings({ filters: { onlyMembers: true } })
      await expectRefusal(world, await proposalBy(Ben), 'only space authors can propose')
    })

    test('a contract wallet signs as long as it agrees', async () => {
      const wallet = await world.chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Eve.address])
      const address = getAddress(wallet)
      await world.setConfig({ proposers: [address] })
      const named = await world.refFor(calls)
      const envelope = await proposalBy(Eve, { from: address, title: 'By a wallet' }, named)
      const taken = asWallet(envelope, address, envelope.sig as Hex)
      const turn = (on: boolean) =>
        world.chain.confirm(
          world.chain
            .wallet('Hugo')
            .writeContract({ address, abi: switchableWalletAbi, functionName: 'set', args: [on] }),
        )
      await turn(false)
      await expectRefusal(world, taken, 'signature validation failed')
      await turn(true)
      await world.ingest.ingest(taken)
      await world.register(taken, named, calls)
    })

    test('a wallet that is not deployed, or asked in the old way', async () => {
      const factory = await world.chain.deploy(
        switchableWalletFactoryAbi,
        switchableWalletFactoryBytecode,
        [],
      )
      const salt = zeroHash
      const undeployed = await world.chain.client.readContract({
        ...{ address: factory, abi: switchableWalletFactoryAbi, functionName: 'addressOf' },
        args: [Eve.address, salt],
      })
      const legacy = await world.chain.deploy(legacyWalletAbi, legacyWalletBytecode, [Eve.address])
      const [ghost, old] = [getAddress(undeployed), getAddress(legacy)]
      await world.setConfig({ proposers: [ghost, old] })
      const named = await world.refFor(calls)

      const early = await proposalBy(Eve, { from: ghost }, named)
      const data = encodeFunctionData({
        abi: switchableWalletFactoryAbi,
        functionName: 'deploy',
        args: [Eve.address, salt],
      })
      const wrapped = serializeErc6492Signature({ address: factory, data, signature: early.sig as Hex })
      await expectRefusal(
        world,
        asWallet(early, ghost, wrapped),
        `The wallet ${ghost} is not deployed yet, so that no module can check its signature: deploy it first, or propose from another account.`,
      )
      const aged = await proposalBy(Eve, { from: old }, named)
      await expectRefusal(
        world,
        asWallet(aged, old, aged.sig as Hex),
        `The wallet ${old} checks signatures in an old way that no module asks for: propose from another account.`,
      )
    })

    test('taken back on chain before it came', async () => {
      const envelope = await proposalBy(Ada, { title: 'Never mind' })
      const { id } = resolveMessage(parseEnvelope(envelope))
      const cancel = await signCancel(Ada, { space: 'dao', proposal: id, timestamp: world.now() })
      await world.chain.confirm(
        world.chain.wallet('Eve').writeContract({
          ...{ address: world.module, abi: tallyModuleAbi, functionName: 'cancel' },
          args: [id, Ada.address, BigInt(world.now()), 0, cancel.sig as Hex],
        }),
      )
      await expectRefusal(
        world,
        envelope,
        'The module would not register the proposal. Its author has withdrawn it.',
      )
    })
  })

  describe('what is wrong with the batch', () => {
    const unknown =
      'The batch of the execution is not stored for this module: send it to /api/executions first.'

    test('unknown, or another account’s', async () => {
      const named = { ...ref, executionHash: `0x${'cd'.repeat(32)}` as const }
      await expectRefusal(world, await proposalBy(Ada, {}, named), unknown)
      const { hash } = await storeExecution(world.ctx, {
        ...{ chainId: 31337, safe: world.safe },
        calls: [{ ...payment, value: '1' }],
      })
      await expectRefusal(world, await proposalBy(Ada, {}, { ...ref, executionHash: hash }), unknown)
    })

    test('data for an account without code', async () => {
      const call: Call = { ...payment, to: Dan.address, data: '0x12345678' }
      await expectRefusal(
        world,
        await proposalBy(Ada, {}, await world.refFor([payment, call])),
        `Call 2 sends data to ${Dan.address}, where there is no contract: it would do nothing. Correct the address, or remove the data to send coins alone.`,
      )
    })

    test.each<[string, readonly object[], string]>([
      ['empty', [], 'the batch is empty: there is nothing to execute'],
      [
        'a delegatecall',
        [{ to: Grace.address, value: '0', data: '0x', operation: 1 }],
        'call 1: operation must be 0: delegatecalls are not executed',
      ],
      [
        'too many calls',
        Array.from({ length: 65 }, () => ({ to: Grace.address, value: '0', data: '0x' })),
        'the batch has more than 64 calls',
      ],
    ])('%s: neither stored nor taken from the table', async (_, json, sentence) => {
      const posted = { chainId: 31337, module: world.module, calls: json }
      await expect(storeExecution(world.ctx, posted)).rejects.toMatchObject({ message: sentence })
      const hash = `0x${'ab'.repeat(32)}` as const
      const row = { hash, chainId: 31337, verifier: world.module, safe: world.safe, calls: json }
      await storeRow(world.ctx.db, { ...row, createdAt: new Date() })
      await expectRefusal(world, await proposalBy(Ada, {}, { ...ref, executionHash: hash }), sentence)
    })

    test('what is no module has no batch', async () => {
      const posted = {
        chainId: 31337,
        module: Eve.address,
        calls: [{ to: Grace.address, value: '1', data: '0x' }],
      }
      await expect(storeExecution(world.ctx, posted)).rejects.toMatchObject({
        code: 'invalid',
        message: `There is no contract at ${Eve.address} on chain 31337.`,
      })
    })
  })

  test('it cannot be edited', async () => {
    const { id } = await world.ingest.ingest(
      await proposalBy(Ada, { title: 'Fixed', start: world.now() + 1_000, end: world.now() + 5_000 }),
    )
    await expectRefusal(
      world,
      await signUpdate(Ada, { space: 'dao', proposal: id, timestamp: world.now() }),
      'A proposal with an execution cannot be edited: delete it and make a new one.',
    )
  })

  test('whatever is taken is registered', async () => {
    let taken = 0
    let refused = 0
    const around = (value: number) => fc.integer({ min: value - 20, max: value + 40 })
    const scenario = fc.record({
      quorumBps: fc.integer({ min: 1, max: 10_000 }),
      quorumChoices: fc.integer({ min: 1, max: 7 }),
      proposalThreshold: fc.constantFrom(0n, 1n, 1n, 250n, 300n),
      isListed: fc.boolean(),
      minPeriod: fc.integer({ min: 1, max: 1_000 }),
      maxBackdate: fc.constantFrom(0, 100, 300, 300),
      maxSnapshotAge: fc.bigInt({ min: 2n, max: 12n }),
      who: fc.constantFrom(Ada, Ben, Dan),
      title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => `T ${text}`),
      body: fc.string({ unit: 'grapheme', maxLength: 100 }),
      labels: fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxLength: 3 }),
      start: fc.oneof(around(0), fc.integer({ min: -120, max: 600 })),
      spare: fc.oneof(around(0), fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 15, max: 2_000 })),
      age: fc.integer({ min: 0, max: 8 }),
      value: fc.bigInt({ min: 0n, max: 2n ** 100n }),
      withData: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { quorumBps, quorumChoices, minPeriod, maxBackdate, maxSnapshotAge, who } = given
        const config: Partial<ModuleConfig> = {
          ...{ quorumBps, quorumChoices, minPeriod, maxBackdate, maxSnapshotAge },
          proposalThreshold: given.proposalThreshold * world.unit,
          proposers: given.isListed || given.proposalThreshold === 0n ? [Ada.address] : [],
        }
        await world.setConfig(config)
        const transfer = encodeFunctionData({
          abi: parseAbi(['function transfer(address,uint256)']),
          args: [Grace.address, given.value],
        })
        const batch: Call[] = [
          { ...payment, value: given.value },
          ...(given.withData ? [{ to: world.token, value: 0n, data: transfer, operation: 0 } as const] : []),
        ]
        const named = await world.refFor(batch)
        const { number, timestamp } = await head()
        const start = timestamp + given.start
        const { title, body, labels } = given
        const envelope = await proposalBy(
          who,
          {
            ...{ title, body, labels, start },
            end: Math.max(start, timestamp) + minPeriod + given.spare,
            snapshot: Math.max(0, number - given.age),
          },
          named,
        )
        const answer = await world.ingest.ingest(envelope).catch(({ message }: Error) => {
          // Whatever can be wrong here has a sentence of its own.
          expect(message).not.toContain('would not register')
        })
        if (!answer) {
          refused++
          return
        }
        taken++
        await world.register(envelope, named, batch)
        expect(await world.registered(answer.id)).toMatchObject({ author: who.address, config: named.config })
      }),
      { numRuns: 100 },
    )
    expect(taken).toBeGreaterThan(5)
    expect(refused).toBeGreaterThan(5)
  }, 120_000)
})
