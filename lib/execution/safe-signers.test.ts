import { encodeFunctionData, getAddress, type Hex, keccak256, parseEther, toHex, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  packSignatures,
  safeTransactionFor,
  safeTxHash,
  safeTxPreimage,
} from '../core/settlement/safe-transaction'
import type { DemoAccountName } from '../dev/demo-accounts'
import { accounts } from '../testing/accounts'
import type { Outcome, Submission } from './executor'
import { safeSigners } from './safe-signers'
import {
  callTo,
  type SafeWorld,
  safeTestAbi,
  startSafeWorld,
  tokenAbi,
  transferOf,
  typedData,
} from './safe-world.suite'

let world: SafeWorld
beforeAll(async () => {
  world = await startSafeWorld()
})
afterAll(() => world.stop())

const someone = (seed: string) => getAddress(`0x${keccak256(toHex(seed)).slice(-40)}`)
const addOwner = (owner: Hex, threshold: bigint) =>
  encodeFunctionData({ abi: safeTestAbi, functionName: 'addOwnerWithThreshold', args: [owner, threshold] })

/** The same signature as some wallets write it. */
const withLowV = (signature: Hex) =>
  `${signature.slice(0, -2)}${signature.endsWith('1b') ? '00' : '01'}` as Hex

const confirmedBy = ({ plan, hash, nonce }: Submission, ...names: DemoAccountName[]) => ({
  proposal: plan.proposal,
  hash,
  nonce,
  confirmedBy: names.map((name) => accounts[name].address),
})

describe('a batch from vote to chain', () => {
  test('three calls run exactly as voted, once, at the threshold', async () => {
    const safe = await world.newSafe()
    const payee = someone('payee')
    const grantee = someone('grantee')
    const newOwner = someone('new owner')
    const calls = [
      callTo(payee, '0x', parseEther('1.5')),
      transferOf(world.token, grantee, 123n),
      callTo(safe, addOwner(newOwner, 2n)),
    ]
    const plan = world.plan(safe, calls)
    const { chainId, executionHash } = plan
    expect(await safeSigners.simulate(world.ctx, calls, { chainId, safe, executionHash })).toMatchObject({
      ok: true,
    })
    const submission = await safeSigners.submit(world.ctx, plan, [])

    const none = await safeSigners.status(world.ctx, submission, [])
    expect(none).toMatchObject({ phase: 'confirming', summary: '0 of the 2 owners needed have confirmed.' })
    const [first, second] = await world.confirmAll(submission, ['Ben', 'Ada'])
    if (!first || !second) throw new Error('two owners confirmed')
    const again = { ...first, signature: withLowV(first.signature) }
    const one = await safeSigners.status(world.ctx, submission, [first, again])
    expect(one).toMatchObject({ phase: 'confirming', summary: '1 of the 2 owners needed have confirmed.' })
    const two = await safeSigners.status(world.ctx, submission, [second, first])
    if (two.phase !== 'ready') throw new Error(two.summary)
    expect(two.approval).toEqual({
      confirmed: [accounts.Ada.address, accounts.Ben.address],
      owners: [accounts.Ada.address, accounts.Ben.address, accounts.Chloe.address],
      threshold: 2,
      version: '1.4.1',
    })

    const receipt = await world.execute(two.transaction)
    expect(receipt.status).toBe('success')
    expect((await world.balances(payee)).coins).toBe(parseEther('1.5'))
    expect((await world.balances(grantee)).tokens).toBe(123n)
    expect(await world.balances(safe)).toEqual({
      coins: parseEther('8.5'),
      tokens: parseEther('1000') - 123n,
    })
    const read = { address: safe, abi: safeTestAbi } as const
    expect(await world.client.readContract({ ...read, functionName: 'getOwners' })).toContain(newOwner)

    const done = await safeSigners.status(world.ctx, submission, [first, second])
    expect(done).toMatchObject({ phase: 'executed', trace: { transactionHash: receipt.transactionHash } })
    expect(done.phase === 'executed' && done.trace.block.number).toBe(receipt.blockNumber)

    await expect(world.execute(two.transaction)).rejects.toThrow('GS026')
    expect(await safeSigners.submit(world.ctx, plan, [submission])).toEqual(submission)
    await expect(world.confirmAll(submission, ['Chloe'])).rejects.toThrow('has already used the nonce 0')
  })

  test('one call goes directly, without MultiSend', async () => {
    const safe = await world.newSafe()
    const submission = await safeSigners.submit(
      world.ctx,
      world.plan(safe, [callTo(someone('solo'), '0x', 7n)]),
      [],
    )
    const status = await safeSigners.status(
      world.ctx,
      submission,
      await world.confirmAll(submission, ['Ada', 'Chloe']),
    )
    if (status.phase !== 'ready') throw new Error(status.summary)
    await world.execute(status.transaction)
    expect((await world.balances(someone('solo'))).coins).toBe(7n)
  })

  test('the whole fails when one call fails, and the reason is known before anyone pays gas', async () => {
    const safe = await world.newSafe()
    const calls = [
      callTo(someone('lucky'), '0x', 1n),
      transferOf(world.token, someone('greedy'), parseEther('1001')),
      callTo(someone('later'), '0x', 1n),
    ]
    const plan = world.plan(safe, calls)
    const config = { chainId: plan.chainId, safe, executionHash: plan.executionHash }
    const simulation = await safeSigners.simulate(world.ctx, calls, config)
    // ERC20InsufficientBalance(address,uint256,uint256)
    const reason = 'Call 2 of 3 would fail now: it reverts with the error 0xe450d38c.'
    expect(simulation).toMatchObject({ ok: false, call: 1, reason })

    const submission = await safeSigners.submit(world.ctx, plan, [])
    const confirmations = await world.confirmAll(submission, ['Ada', 'Ben'])
    expect(await safeSigners.status(world.ctx, submission, confirmations)).toMatchObject({
      phase: 'blocked',
      summary: reason,
    })

    // It heals: the same confirmations serve once the cause is gone.
    const mint = { abi: tokenAbi, functionName: 'mint', args: [safe, parseEther('1')] } as const
    await world.send({ to: world.token, data: encodeFunctionData(mint) })
    const healed = await safeSigners.status(world.ctx, submission, confirmations)
    if (healed.phase !== 'ready') throw new Error(healed.summary)
    await world.execute(healed.transaction)
    expect((await world.balances(someone('greedy'))).tokens).toBe(parseEther('1001'))
  })

  test('simulation names a call that depends on those before it, lacks coins, or calls nobody', async () => {
    const safe = await world.newSafe()
    const simulate = async (calls: ReturnType<typeof callTo>[]) => {
      const { chainId, executionHash } = world.plan(safe, calls)
      const simulation = await safeSigners.simulate(world.ctx, calls, { chainId, safe, executionHash })
      return simulation.ok ? 'ok' : simulation.reason
    }
    const half = transferOf(world.token, someone('a'), parseEther('600'))
    expect(await simulate([half])).toBe('ok')
    expect(await simulate([half, half])).toBe(
      'Call 2 of 2 would fail now: it reverts after the calls before it.',
    )
    expect(await simulate([callTo(someone('a'), '0x', parseEther('99999'))])).toBe(
      'The call would fail now: it sends 99,999 ETH and the Safe holds 10.',
    )
    const most = callTo(someone('a'), '0x', parseEther('9'))
    expect(await simulate([most, callTo(someone('b'), '0x', parseEther('1.5'))])).toBe(
      'Call 2 of 2 would fail now: it sends 1.5 ETH, and the calls before it send 9 of the 10 that the Safe holds.',
    )
    expect(await simulate([callTo(someone('a')), callTo(someone('nobody'), '0x12345678')])).toBe(
      'Call 2 of 2 would fail now: there is no contract at the target, so the call would do nothing.',
    )
  })
})

describe('plans', () => {
  test.each(['rejected', 'quorum-missed'] as const)('a proposal that is %s has none', async (status) => {
    const {
      chainId,
      account: safe,
      executionHash,
      ...rest
    } = world.plan(someone('safe'), [callTo(someone('x'))])
    const outcome: Outcome = { ...rest, status }
    expect(() => safeSigners.plan(outcome, { chainId, safe, executionHash })).toThrow(status)
  })

  test('calls other than those voted on are a fault', () => {
    const plan = world.plan(someone('safe'), [callTo(someone('x'))])
    const { chainId, account: safe, executionHash, proposal } = plan
    const forged: Outcome = { proposal, status: 'passed', calls: [callTo(someone('thief'))] }
    expect(() => safeSigners.plan(forged, { chainId, safe, executionHash })).toThrow('are not those of')
    const smuggled = { ...plan, calls: forged.calls }
    return expect(
      world.newSafe().then((account) => safeSigners.submit(world.ctx, { ...smuggled, account }, [])),
    ).rejects.toMatchObject({ code: 'fault' })
  })
})

describe('confirmations', () => {
  test('only an owner, only for this transaction, only as typed data', async () => {
    const safe = await world.newSafe()
    const submission = await safeSigners.submit(
      world.ctx,
      world.plan(safe, [callTo(someone('x'), '0x', 1n)]),
      [],
    )
    const confirm = (owner: Hex, signature: Hex) =>
      safeSigners.confirm(world.ctx, submission, { owner, signature })
    const { Ada, Ben, Eve } = accounts

    await expect(confirm(Eve.address, await world.sign('Eve', submission))).rejects.toThrow('is not an owner')
    await expect(confirm(Ben.address, await world.sign('Ada', submission))).rejects.toThrow('is not 0x7099')
    const elsewhere = typedData({ ...submission, nonce: submission.nonce + 1 })
    await expect(confirm(Ada.address, await Ada.signTypedData(elsewhere))).rejects.toThrow('this is not')
    const otherChain = { ...elsewhere, domain: { ...typedData(submission).domain, chainId: 1 } }
    await expect(confirm(Ada.address, await Ada.signTypedData(otherChain))).rejects.toThrow('this is not')

    const prefixed = await Ada.signMessage({ message: { raw: submission.hash } })
    const safeForm = `${prefixed.slice(0, -2)}${(Number(`0x${prefixed.slice(-2)}`) + 4).toString(16)}` as Hex
    await expect(confirm(Ada.address, safeForm)).rejects.toThrow('eth_sign')
    await expect(confirm(Ada.address, '0x')).rejects.toThrow('this is not')

    // The same key over the bare hash is the same signature; v of 0 and 1 becomes 27 and 28.
    const signature = await Ada.sign({ hash: submission.hash })
    for (const form of [signature, withLowV(signature), await world.sign('Ada', submission)]) {
      expect(await confirm(Ada.address, form)).toEqual({ owner: Ada.address, kind: 'ecdsa', signature })
    }
  })

  test('a Safe that owns a Safe confirms by its own signature, and the chain agrees', async () => {
    const inner = await world.newSafe([accounts.Dan.address], 1)
    const outer = await world.newSafe([accounts.Ada.address, inner], 2)
    const submission = await safeSigners.submit(
      world.ctx,
      world.plan(outer, [callTo(someone('nested'), '0x', 9n)]),
      [],
    )
    const domain = { chainId: world.chain.chainId, safe: outer }
    const message = safeTxPreimage(domain, safeTransactionFor(submission.plan.calls, submission.nonce))
    const signature = await accounts.Dan.signTypedData({
      domain: { chainId: world.chain.chainId, verifyingContract: inner },
      types: { SafeMessage: [{ name: 'message', type: 'bytes' }] },
      primaryType: 'SafeMessage',
      message: { message },
    })
    const byContract = await safeSigners.confirm(world.ctx, submission, { owner: inner, signature })
    expect(byContract).toEqual({ owner: inner, kind: 'contract', signature })
    const wrong = await accounts.Eve.sign({ hash: submission.hash })
    await expect(
      safeSigners.confirm(world.ctx, submission, { owner: inner, signature: wrong }),
    ).rejects.toThrow()

    const [ada] = await world.confirmAll(submission, ['Ada'])
    if (!ada) throw new Error('Ada confirmed')
    const status = await safeSigners.status(world.ctx, submission, [byContract, ada])
    if (status.phase !== 'ready') throw new Error(status.summary)
    await world.execute(status.transaction)
    expect((await world.balances(someone('nested'))).coins).toBe(9n)
  })

  test('of somebody who is an owner no more stop counting', async () => {
    const safe = await world.newSafe()
    const removal = encodeFunctionData({
      abi: safeTestAbi,
      functionName: 'removeOwner',
      args: [accounts.Ada.address, accounts.Ben.address, 2n],
    })
    const first = await safeSigners.submit(world.ctx, world.plan(safe, [callTo(safe, removal)]), [])
    const plan = world.plan(safe, [callTo(someone('x'), '0x', 1n)], `0x${'02'.repeat(32)}`)
    const second = await safeSigners.submit(world.ctx, plan, [], [confirmedBy(first, 'Ada')])
    const confirmations = await world.confirmAll(second, ['Ada', 'Ben'])
    expect(await safeSigners.status(world.ctx, second, confirmations)).toMatchObject({
      phase: 'waiting',
      summary: 'Confirmed. The Safe must first run its transaction with nonce 0; this one has 1.',
    })
    const ready = await safeSigners.status(world.ctx, first, await world.confirmAll(first, ['Ada', 'Chloe']))
    if (ready.phase !== 'ready') throw new Error(ready.summary)
    await world.execute(ready.transaction)
    expect(await safeSigners.status(world.ctx, second, confirmations)).toMatchObject({
      phase: 'confirming',
      approval: { confirmed: [accounts.Ada.address], threshold: 2 },
    })
  })

  test('fewer than the threshold are refused by the Safe, whoever packs them', async () => {
    const safe = await world.newSafe()
    const submission = await safeSigners.submit(
      world.ctx,
      world.plan(safe, [callTo(someone('x'), '0x', 1n)]),
      [],
    )
    const both = await world.confirmAll(submission, ['Ada', 'Ben'])
    expect(() => packSignatures([...both.slice(1), ...both])).toThrow('confirmed twice')
    const status = await safeSigners.status(world.ctx, submission, both)
    if (status.phase !== 'ready') throw new Error(status.summary)
    const packed = packSignatures(both).slice(2)
    const alone = packSignatures(both.slice(0, 1)).slice(2).padEnd(packed.length, '0')
    const short = status.transaction.data.replace(packed, alone) as Hex
    await expect(world.execute({ ...status.transaction, data: short })).rejects.toThrow('GS')
  })
})

describe('the order of one Safe', () => {
  test('each confirmed plan has a nonce of its own, and the same plan the same submission', async () => {
    const safe = await world.newSafe()
    const plans = ['0a', '0b', '0c'].map((byte) =>
      world.plan(safe, [callTo(someone('x'), '0x', 1n)], `0x${byte.repeat(32)}`),
    )
    const queue: Submission[] = []
    const confirmed = () => queue.map((submission) => confirmedBy(submission, 'Ben'))
    for (const plan of plans) queue.push(await safeSigners.submit(world.ctx, plan, [], confirmed()))
    expect(queue.map(({ nonce }) => nonce)).toEqual([0, 1, 2])
    expect(new Set(queue.map(({ hash }) => hash)).size).toBe(3)
    for (const submission of queue) {
      expect(await safeSigners.submit(world.ctx, submission.plan, [submission], confirmed())).toEqual(
        submission,
      )
    }
  })

  test('a nonce taken by another transaction is a conflict; once that is final a new nonce is given, and old confirmations are void', async () => {
    const safe = await world.newSafe()
    const plan = world.plan(safe, [callTo(someone('x'), '0x', 1n)])
    const submission = await safeSigners.submit(world.ctx, plan, [])
    const confirmations = await world.confirmAll(submission, ['Ada', 'Ben'])

    // The owners sign something else at the same nonce, outside of this product.
    const outside = { ...submission, plan: world.plan(safe, [callTo(someone('outsider'), '0x', 2n)]) }
    const transaction = safeTransactionFor(outside.plan.calls, 0)
    const other = { ...outside, hash: safeTxHash({ chainId: plan.chainId, safe }, transaction) }
    const ready = await safeSigners.status(world.ctx, other, await world.confirmAll(other, ['Ada', 'Ben']))
    if (ready.phase !== 'ready') throw new Error(ready.summary)
    const receipt = await world.execute(ready.transaction)

    const status = await safeSigners.status(world.ctx, submission, confirmations)
    expect(status).toMatchObject({
      phase: 'conflict',
      summary:
        'The Safe used nonce 0 for another transaction. Once that is final, its owners are asked to confirm a new one.',
      trace: { transactionHash: receipt.transactionHash, block: { final: false } },
    })
    const known = [confirmedBy(submission, 'Ada', 'Ben')]
    expect(await safeSigners.submit(world.ctx, plan, [submission], known)).toEqual(submission)
    // Nobody had signed: there is nothing that a reorg could bring back to life.
    expect(await safeSigners.submit(world.ctx, plan, [submission])).toMatchObject({ nonce: 1 })

    await world.chain.mine(3)
    const again = await safeSigners.submit(world.ctx, plan, [submission], known)
    expect(again).toMatchObject({ nonce: 1, plan: { id: plan.id } })
    expect(again.hash).not.toBe(submission.hash)
    expect(await safeSigners.status(world.ctx, again, confirmations)).toMatchObject({
      phase: 'confirming',
      approval: { confirmed: [] },
    })
    expect(await safeSigners.submit(world.ctx, plan, [submission, again])).toEqual(again)
  })
})

describe('a place in the order', () => {
  const planOf = (safe: Hex, byte: string) =>
    world.plan(safe, [callTo(someone(byte), '0x', 1n)], `0x${byte.repeat(32)}`)

  test('is kept only by what an owner of now has confirmed; others give way, and fill gaps', async () => {
    const safe = await world.newSafe()
    const first = await safeSigners.submit(world.ctx, planOf(safe, '0a'), [])
    const second = await safeSigners.submit(world.ctx, planOf(safe, '0b'), [])
    expect([first.nonce, second.nonce]).toEqual([0, 0])
    const byStranger = confirmedBy(first, 'Eve')
    expect(await safeSigners.submit(world.ctx, second.plan, [second], [byStranger])).toEqual(second)

    const moved = await safeSigners.submit(world.ctx, second.plan, [second], [confirmedBy(first, 'Ada')])
    expect(moved.nonce).toBe(1)
    const back = await safeSigners.submit(world.ctx, second.plan, [second, moved], [byStranger])
    expect(back.hash).toBe(second.hash)
    const held = await safeSigners.submit(
      world.ctx,
      second.plan,
      [second, moved],
      [byStranger, confirmedBy(moved, 'Ben')],
    )
    expect(held).toEqual(moved)
  })

  test("is one proposal's, also when another asks for the very same calls", async () => {
    const safe = await world.newSafe()
    const calls = [callTo(someone('twin'), '0x', 1n)]
    const one = await safeSigners.submit(world.ctx, world.plan(safe, calls, `0x${'0a'.repeat(32)}`), [])
    const two = await safeSigners.submit(world.ctx, world.plan(safe, calls, `0x${'0b'.repeat(32)}`), [])
    expect(two.hash).toBe(one.hash)
    const ready = await safeSigners.status(world.ctx, one, await world.confirmAll(one, ['Ada', 'Ben']))
    if (ready.phase !== 'ready') throw new Error(ready.summary)
    await world.execute(ready.transaction)
    const again = await safeSigners.submit(world.ctx, two.plan, [two], [confirmedBy(one, 'Ada', 'Ben')])
    expect(again.nonce).toBe(1)
  })

  test('that was given up and then run all the same is the one that counts: never twice', async () => {
    const safe = await world.newSafe()
    const other = await safeSigners.submit(world.ctx, planOf(safe, '0a'), [])
    const former = await safeSigners.submit(world.ctx, planOf(safe, '0b'), [])
    const known = [confirmedBy(other, 'Ada')]
    const moved = await safeSigners.submit(world.ctx, former.plan, [former], known)
    expect(moved.nonce).toBe(1)
    // The owners signed the former one elsewhere.
    const ready = await safeSigners.status(world.ctx, former, await world.confirmAll(former, ['Ada', 'Ben']))
    if (ready.phase !== 'ready') throw new Error(ready.summary)
    await world.execute(ready.transaction)
    const all = [...known, confirmedBy(moved, 'Ada')]
    expect(await safeSigners.submit(world.ctx, former.plan, [former, moved], all)).toEqual(former)
  })
})

describe('a Safe that is not one', () => {
  test('blocks with a sentence, refuses a submission, and heals', async () => {
    const nowhere = someone('nowhere')
    const plan = world.plan(nowhere, [callTo(someone('x'))])
    await expect(safeSigners.submit(world.ctx, plan, [])).rejects.toThrow('There is no contract at')
    const submission = { plan, hash: plan.id, nonce: 0, since: { block: 0n, nonce: 0 } }
    expect(await safeSigners.status(world.ctx, submission, [])).toMatchObject({
      phase: 'blocked',
      approval: null,
    })

    const token = world.plan(world.token, [callTo(someone('x'))])
    await expect(safeSigners.submit(world.ctx, token, [])).rejects.toThrow('is not a Safe')
    const account = world.plan(accounts.Ada.address, [callTo(zeroAddress)])
    await expect(safeSigners.submit(world.ctx, account, [])).rejects.toThrow('There is no contract at')
  })

  test('an unreachable chain is an error, not a status', async () => {
    const plan = { ...world.plan(someone('safe'), [callTo(someone('x'))]), chainId: 1 }
    const submission = { plan, hash: plan.id, nonce: 0, since: { block: 0n, nonce: 0 } }
    await expect(safeSigners.status(world.ctx, submission, [])).rejects.toMatchObject({
      code: 'chain_unavailable',
    })
  })
})
