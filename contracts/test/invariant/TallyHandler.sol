// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {HostileTarget} from "../helpers/HostileTarget.sol";
import "../helpers/TallyTest.sol";

/// @notice Everybody who can touch a module, doing what they may, or trying what they may not.
contract TallyHandler is TallyTest {
    HostileTarget public target = new HostileTarget();
    bytes32[] public proposalIds;
    uint256 public owed;
    uint256 public executed;
    uint256 public wronglyExecuted;
    uint256 public bondsPosted;
    uint256 public bondsWithdrawn;
    uint256 public bondsUnreleased;
    mapping(bytes32 proposalId => State) public ended;
    mapping(bytes32 proposalId => bytes32) public committedRoot;
    mapping(bytes32 proposalId => bytes32) public honestRoot;
    mapping(bytes32 proposalId => uint256) private amounts;
    mapping(bytes32 proposalId => uint64) private starts;
    mapping(bytes32 proposalId => bytes[]) private ballotsOf;
    mapping(bytes32 proposalId => uint256) private forCount;

    uint256[] private keys;
    address[] private voters;
    uint256 private now_ = START;

    constructor(
        TallyModule module_,
        SafeAccount safe_,
        TablePowerSource source_,
        Digests digests_,
        Config memory config_,
        uint256 authorKey_,
        Draft[] memory list
    ) {
        (module, safe, source, digests, config, authorKey) =
        (module_, safe_, source_, digests_, config_, authorKey_);
        for (uint256 i; i < list.length; ++i) {
            keys.push(list[i].key);
            voters.push(list[i].voter);
        }
        author = vm.addr(authorKey_);
        vm.deal(address(safe), 1000 ether);
    }

    /// Not a test of its own; the fuzzer may call it.
    function setUp() public override {}

    function count() external view returns (uint256) {
        return proposalIds.length;
    }

    modifier at() {
        vm.warp(now_);
        _;
    }

    function pick(uint256 seed) private view returns (bytes32) {
        return proposalIds.length == 0 ? bytes32(seed) : proposalIds[seed % proposalIds.length];
    }

    function callsOf(bytes32 proposalId) private view returns (Call[] memory calls) {
        calls = new Call[](1);
        calls[0] = Call(address(target), amounts[proposalId], "", 0);
    }

    // --------------------------------------------------------------------------------------------- who does what

    function passTime(uint256 seconds_) external {
        now_ += bound(seconds_, 1, 2 days);
    }

    function passToTheEnd(uint256 seed) external {
        if (proposalIds.length == 0) return;
        uint256 end = starts[pick(seed)] + PERIOD + 1;
        if (end > now_) now_ = end;
    }

    function propose(uint256 seed) external at {
        if (proposalIds.length >= 5) return;
        uint256 amount = bound(seed, 1, 10 ether);
        Call[] memory calls = new Call[](1);
        calls[0] = Call(address(target), amount, "", 0);
        ProposalMessage memory message = messageFor(calls);
        try module.register(message, calls, signed(message), "") returns (bytes32 proposalId) {
            proposalIds.push(proposalId);
            (amounts[proposalId], starts[proposalId]) = (amount, uint64(now_));
            bytes[] memory records = new bytes[](voters.length);
            for (uint256 i; i < voters.length; ++i) {
                uint8 choice = uint8(seed >> i & 3);
                if (choice == 0) choice = 1;
                if (choice == 1) ++forCount[proposalId];
                Draft memory draft = Draft({
                    key: keys[i],
                    voter: voters[i],
                    choice: choice,
                    power: 100_000e18,
                    timestamp: uint64(now_),
                    variant: uint8(i % 8),
                    kind: 0,
                    reasonHash: keccak256(""),
                    appHash: keccak256("comitia"),
                    metadataHash: keccak256("{}")
                });
                records[i] = signBallot(proposalId, draft);
                ballotsOf[proposalId].push(records[i]);
            }
            honestRoot[proposalId] = tallyOf(records).root;
        } catch {}
    }

    /// Honestly, or with a lie of one of several kinds.
    function commitBallots(uint256 seed, uint8 lie) external at {
        bytes32 proposalId = pick(seed);
        Tally memory tally = tallyOf(ballotsOf[proposalId]);
        if (lie % 8 == 1) tally.root = keccak256(abi.encode(tally.root));
        if (lie % 8 == 2) (tally.totals[0], tally.totals[1]) = (tally.totals[1] + 1, tally.totals[0]);
        if (lie % 8 == 3) tally.count += 1;
        vm.deal(operator, 1 ether);
        vm.prank(operator);
        try module.commitTally{value: 1 ether}(proposalId, tally.root, tally.count, tally.totals, 0, "") {
            committedRoot[proposalId] = tally.root;
            bondsPosted += 1 ether;
            bondsUnreleased += 1 ether;
        } catch {}
    }

    /// Somebody who is not the operator.
    function commitAsAnother(uint256 seed, address who) external at {
        // `deal` sets a balance: done to the module it would take its bonds.
        if (who == operator || who.code.length != 0) return;
        bytes32 proposalId = pick(seed);
        vm.deal(who, 1 ether);
        vm.prank(who);
        try module.commitTally{value: 1 ether}(proposalId, keccak256(hex"02"), 0, [uint128(0), 0, 0], 0, "") {
            ++wronglyExecuted;
        } catch {}
    }

    function proveAll(uint256 seed, address prover) external at {
        bytes32 proposalId = pick(seed);
        bytes[] memory records = ballotsOf[proposalId];
        bytes memory all = slice(records, 0, records.length);
        vm.prank(prover);
        try module.proveBallots(proposalId, address(0), "", all, new bytes[](0)) {} catch {}
    }

    function proveInTwo(uint256 seed, uint256 cut, address prover) external at {
        bytes32 proposalId = pick(seed);
        bytes[] memory records = ballotsOf[proposalId];
        if (records.length < 2) return;
        cut = bound(cut, 1, records.length - 1);
        try module.proveBallots(proposalId, address(0), "", slice(records, 0, cut), new bytes[](0)) {}
        catch {
            return;
        }
        bytes memory rest = slice(records, cut, records.length);
        bytes memory run = runAfter(records, cut);
        vm.prank(prover);
        try module.proveBallots(proposalId, address(this), run, rest, new bytes[](0)) {} catch {}
    }

    function cancelProposal(uint256 seed) external at {
        if (seed % 8 != 0) return;
        bytes32 proposalId = pick(seed >> 3);
        try module.cancel(proposalId, author, START, 1, cancellation(proposalId, 1)) {
            if (ended[proposalId] == State.Unknown) ended[proposalId] = State.Cancelled;
        } catch {}
    }

    function vetoProposal(uint256 seed) external at {
        if (seed % 8 != 0) return;
        bytes32 proposalId = pick(seed >> 3);
        vm.prank(seed % 16 == 0 ? guardian : address(safe));
        try module.veto(proposalId, REASON) {
            ended[proposalId] = State.Vetoed;
        } catch {}
    }

    function pauseProposal(uint256 seed, uint32 duration) external at {
        vm.prank(guardian);
        try module.pause(pick(seed), uint32(bound(duration, 1, 14 days)), REASON) {} catch {}
    }

    function mood(uint8 mood_) external {
        if (mood_ % 4 == 3) {
            target.set(
                HostileTarget.Mood.Execute,
                module,
                abi.encodeCall(TallyModule.execute, (pick(mood_), callsOf(pick(mood_))))
            );
        } else {
            target.set(HostileTarget.Mood(mood_ % 4 == 2 ? 1 : 0), module, "");
        }
    }

    function execute(uint256 seed, uint8 another) external at {
        bytes32 proposalId = pick(seed);
        Call[] memory calls = callsOf(proposalId);
        if (another % 8 == 0) calls[0].value += 1;
        bool isRight = another % 8 != 0 && mayExecute(proposalId);
        try module.execute(proposalId, calls) {
            if (!isRight) ++wronglyExecuted;
            owed += amounts[proposalId];
            ++executed;
            ended[proposalId] = State.Executed;
        } catch {}
    }

    /// The rule, from what the handler itself knows and the record, not from `stateOf`.
    function mayExecute(bytes32 proposalId) private view returns (bool) {
        Proposal memory proposal = module.proposalOf(proposalId);
        Commitment memory commitment = module.commitmentOf(proposalId);
        if (ended[proposalId] != State.Unknown || proposal.provenAt == 0) return false;
        if (commitment.root != honestRoot[proposalId] || block.timestamp < proposal.pausedUntil) {
            return false;
        }
        if (commitment.forPower != forCount[proposalId] * 100_000e18) return false;
        if (commitment.forPower <= commitment.againstPower) return false;
        uint256 complete = commitment.committedAt + 2 hours;
        uint256 finalAt = complete > proposal.provenAt ? complete : proposal.provenAt;
        return
            block.timestamp >= finalAt + 1 days && block.timestamp < finalAt + 14 days + proposal.pauseLength;
    }

    function releaseBond(uint256 seed) external at {
        try module.releaseBond(pick(seed)) {
            bondsUnreleased -= 1 ether;
        } catch {}
    }

    function withdraw(address to) external at {
        if (to.code.length != 0 || uint160(to) < 2000) return;
        uint256 credit = module.creditOf(operator);
        uint256 balance = to.balance;
        vm.prank(operator);
        try module.withdraw(payable(to)) {
            assertEq(to.balance, balance + credit);
            bondsWithdrawn += credit;
        } catch {}
    }
}
