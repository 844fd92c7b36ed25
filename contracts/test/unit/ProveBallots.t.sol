// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vote} from "../../src/interfaces/ITallyChecker.sol";
import "../helpers/TallyTest.sol";
import {stdError} from "forge-std/StdError.sol";

contract ProveBallotsTest is TallyTest {
    bytes32 private proposalId;
    Draft[] private list;
    bytes[] private records;

    /// Nine voters, every variant, all choices; the vote is over.
    function prepare() private {
        proposalId = register(payment());
        Draft[] memory made = drafts(9, 100_000e18);
        for (uint256 i; i < made.length; ++i) {
            made[i].choice = uint8(1 + i % 3);
            list.push(made[i]);
            records.push(signBallot(proposalId, made[i]));
        }
        vm.warp(START + PERIOD + 1);
    }

    /// Commits `records` as they stand and posts them, expecting an error.
    function attempt(bytes memory err) private {
        commit(proposalId, tallyOf(records));
        bytes memory all = slice(records, 0, records.length);
        vm.expectRevert(err);
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
    }

    function test_ProvesAllVariantsAtOnce() public {
        prepare();
        commit(proposalId, tallyOf(records));
        vm.expectEmit(address(module));
        emit ITallyModule.TallyProven(proposalId, anyone);
        vm.prank(anyone);
        prove(proposalId, records);
        assertState(proposalId, State.Proven);
        assertEq(module.finalAt(proposalId), block.timestamp + 2 hours);

        bytes memory all = slice(records, 0, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.AlreadyProven.selector, proposalId));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
    }

    /// In any chunks, each by another wallet, the result is the same; what is kept is one hash a prover.
    function testFuzz_ProvesInAnyChunks(uint256 seed, uint8 size) public {
        proposalId = register(payment());
        uint256 count = bound(size, 1, 40);
        Draft[] memory made = drafts(count, 1000e18);
        bytes[] memory all = new bytes[](count);
        for (uint256 i; i < count; ++i) {
            made[i].choice = uint8(1 + uint256(keccak256(abi.encode(seed, i))) % 3);
            all[i] = signBallot(proposalId, made[i]);
        }
        vm.warp(START + PERIOD + 1);
        commit(proposalId, tallyOf(all));
        uint256 from;
        bytes memory run;
        address previous;
        while (from < count) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 to = bound(seed, from + 1, count);
            address prover = address(uint160(seed >> 96 | 1));
            vm.prank(prover);
            module.proveBallots(proposalId, previous, run, slice(all, from, to), new bytes[](0));
            run = to < count ? runAfter(all, to) : bytes("");
            assertEq(module.runOf(proposalId, prover), to < count ? keccak256(run) : bytes32(0));
            (previous, from) = (prover, to);
        }
        assertState(proposalId, State.Proven);
    }

    function test_NobodySpoilsAnothersRun() public {
        prepare();
        commit(proposalId, tallyOf(records));
        bytes memory run = runAfter(records, 4);
        module.proveBallots(proposalId, address(0), "", slice(records, 0, 4), new bytes[](0));
        // Another starts over, goes on from this run, and goes wrong.
        vm.startPrank(anyone);
        module.proveBallots(proposalId, address(0), "", slice(records, 0, 2), new bytes[](0));
        module.proveBallots(proposalId, address(this), run, slice(records, 4, 5), new bytes[](0));
        bytes memory wrong = slice(records, 6, 7);
        vm.expectRevert();
        module.proveBallots(proposalId, anyone, run, wrong, new bytes[](0));
        vm.stopPrank();
        assertEq(module.runOf(proposalId, address(this)), keccak256(run));
        module.proveBallots(proposalId, address(this), run, slice(records, 4, 9), new bytes[](0));
        assertState(proposalId, State.Proven);
        assertEq(module.runOf(proposalId, address(this)), 0);
    }

    function testFuzz_RefusesAnInventedRun(uint64 index, address lastVoter, bytes32 hash) public {
        prepare();
        commit(proposalId, tallyOf(records));
        module.proveBallots(proposalId, address(0), "", slice(records, 0, 4), new bytes[](0));
        Run memory run = Run(index, lastVoter, new TallyTree.Node[](1));
        run.stack[0] = TallyTree.Node(hash, index, 0, 0, 0);
        bytes memory rest = slice(records, 4, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.UnknownRun.selector, proposalId, address(this)));
        module.proveBallots(proposalId, address(this), abi.encode(run), rest, new bytes[](0));
    }

    /// The checker takes a run for true, but not one that no ballots lead to.
    function test_RefusesARunThatIsNone() public {
        prepare();
        ITallyChecker checker = module.checker();
        Vote memory vote =
            Vote(proposalId, keccak256("demo"), source, hex"c0ffee", START - 1, START, START + PERIOD, 9);
        Run memory run = Run(3, list[2].voter, new TallyTree.Node[](1));
        bytes memory rest = slice(records, 3, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.NotARun.selector, 3, 1));
        checker.checkBallots(vote, abi.encode(run), rest, new bytes[](0));
        // Sums that no 128 bits hold are refused, not cut.
        run.stack = new TallyTree.Node[](2);
        run.stack[0].forPower = type(uint128).max;
        vm.expectRevert(stdError.arithmeticError);
        checker.checkBallots(vote, abi.encode(run), rest, new bytes[](0));
    }

    /// A run belongs to one proposal.
    function test_RefusesARunOfAnotherProposal() public {
        prepare();
        commit(proposalId, tallyOf(records));
        module.proveBallots(proposalId, address(0), "", slice(records, 0, 4), new bytes[](0));
        vm.warp(START);
        Call[] memory calls = payment();
        calls[0].value = 2 ether;
        bytes32 otherId = register(calls);
        vm.warp(START + PERIOD + 1);
        commit(otherId, tallyOf(records));
        bytes memory rest = slice(records, 4, 9);
        bytes memory run = runAfter(records, 4);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.UnknownRun.selector, otherId, address(this)));
        module.proveBallots(otherId, address(this), run, rest, new bytes[](0));
        // And so do its ballots.
        bytes memory all = slice(records, 0, 9);
        vm.expectPartialRevert(ITallyChecker.NotSignedByVoter.selector);
        module.proveBallots(otherId, address(0), "", all, new bytes[](0));
    }

    function test_RefusesWrongOrderAndDuplicates() public {
        prepare();
        bytes memory third = records[3];
        records[3] = records[4];
        records[4] = third;
        attempt(abi.encodeWithSelector(ITallyChecker.OutOfOrder.selector, 4, list[4].voter, list[3].voter));
    }

    /// Also across two transactions.
    function test_RefusesADuplicateInTheNextChunk() public {
        prepare();
        records[4] = records[3];
        commit(proposalId, tallyOf(records));
        module.proveBallots(proposalId, address(0), "", slice(records, 0, 4), new bytes[](0));
        bytes memory run = runAfter(records, 4);
        bytes memory rest = slice(records, 4, 9);
        address voter = list[3].voter;
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.OutOfOrder.selector, 4, voter, voter));
        module.proveBallots(proposalId, address(this), run, rest, new bytes[](0));
    }

    function test_RefusesTheZeroVoter() public {
        prepare();
        list[0].voter = address(0);
        records[0] = pack(list[0], 0, 0, 27);
        attempt(abi.encodeWithSelector(ITallyChecker.OutOfOrder.selector, 0, address(0), address(0)));
    }

    function test_RefusesWrongPower() public {
        prepare();
        list[2].power += 1;
        records[2] = signBallot(proposalId, list[2]);
        attempt(
            abi.encodeWithSelector(ITallyChecker.WrongPower.selector, 2, list[2].power, list[2].power - 1)
        );
    }

    function test_RefusesZeroPower() public {
        prepare();
        list[2].power = 0;
        source.set(list[2].voter, 0);
        records[2] = signBallot(proposalId, list[2]);
        attempt(abi.encodeWithSelector(ITallyChecker.NoPower.selector, 2, list[2].voter));
    }

    function testFuzz_RefusesAnyOtherChoice(uint8 choice) public {
        vm.assume(choice == 0 || choice > 3);
        prepare();
        list[5].choice = choice;
        records[5] = signBallot(proposalId, list[5]);
        attempt(abi.encodeWithSelector(ITallyChecker.InvalidChoice.selector, 5, choice));
    }

    function test_PeriodBoundaries() public {
        prepare();
        list[1].timestamp = START;
        list[2].timestamp = START + PERIOD;
        records[1] = signBallot(proposalId, list[1]);
        records[2] = signBallot(proposalId, list[2]);
        commit(proposalId, tallyOf(records));
        prove(proposalId, records);
    }

    function test_RefusesASecondTooEarly() public {
        prepare();
        list[1].timestamp = START - 1;
        records[1] = signBallot(proposalId, list[1]);
        attempt(abi.encodeWithSelector(ITallyChecker.OutsidePeriod.selector, 1, START - 1));
    }

    function test_RefusesASecondTooLate() public {
        prepare();
        list[1].timestamp = START + PERIOD + 1;
        records[1] = signBallot(proposalId, list[1]);
        attempt(abi.encodeWithSelector(ITallyChecker.OutsidePeriod.selector, 1, START + PERIOD + 1));
    }

    function testFuzz_RefusesUnknownVariantsAndKinds(uint8 variant, uint8 kind) public {
        prepare();
        vm.assume(variant > 7 || kind != 0);
        (list[7].variant, list[7].kind) = (variant, kind);
        records[7] = pack(list[7], 0, 0, 27);
        if (variant > 7) {
            attempt(abi.encodeWithSelector(ITallyChecker.UnknownBallotVariant.selector, 7, variant));
        } else if (kind == 1) {
            attempt(abi.encodeWithSelector(ITallyChecker.NotRecorded.selector, 7, list[7].voter));
        } else {
            attempt(abi.encodeWithSelector(ITallyChecker.UnknownBallotKind.selector, 7, kind));
        }
    }

    function test_RefusesABallotOfTheInbox() public {
        prepare();
        list[7].kind = 1;
        records[7] = pack(list[7], 0, 0, 27);
        attempt(abi.encodeWithSelector(ITallyChecker.NotRecorded.selector, 7, list[7].voter));
    }

    /// The other s, and the other ways to write v.
    function testFuzz_RefusesMalleableSignatures(uint8 way) public {
        prepare();
        Draft memory draft = list[3];
        bytes32 digest = digests.vote(keccak256("demo"), proposalId, records[3]);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(draft.key, digest);
        way = way % 3;
        if (way == 0) (v, s) = (v == 27 ? 28 : 27, bytes32(ORDER - uint256(s)));
        if (way == 1) v -= 27;
        if (way == 2) v += 10;
        records[3] = pack(draft, r, s, v);
        attempt(abi.encodeWithSelector(ITallyChecker.MalleableSignature.selector, 3));
    }

    /// Any bit of a ballot changed after it was signed makes it a bad one, at that ballot.
    function testFuzz_EveryBitIsSigned(uint256 bit) public {
        prepare();
        bit = bound(bit, 0, 208 * 8 - 1);
        bytes memory record = records[3];
        record[bit / 8] ^= bytes1(uint8(1 << bit % 8));
        commit(proposalId, tallyOf(records));
        records[3] = record;
        bytes memory all = slice(records, 0, 9);
        vm.expectRevert();
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
        assertState(proposalId, State.Committed);
    }

    /// Every signed field is in the digest: a ballot whose text was changed has not been signed.
    function testFuzz_RefusesAForeignSignature(uint8 field) public {
        prepare();
        field = field % 5;
        Draft memory draft = list[3];
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(draft.key, digests.vote(keccak256("demo"), proposalId, records[3]));
        if (field == 0) draft.choice = draft.choice % 3 + 1;
        if (field == 1) draft.timestamp += 1;
        if (field == 2) draft.reasonHash = keccak256("because");
        if (field == 3) draft.appHash = keccak256("other");
        if (field == 4) draft.metadataHash = keccak256("");
        records[3] = pack(draft, r, s, v);
        bytes32 digest = digests.vote(keccak256("demo"), proposalId, records[3]);
        attempt(abi.encodeWithSelector(ITallyChecker.NotSignedByVoter.selector, 3, draft.voter, digest));
    }

    /// A signature for another chain, space or proposal is a signature of something else.
    function test_RefusesForeignChainSpaceAndProposal() public {
        prepare();
        list[3].variant = 4;
        bytes32 space = keccak256("demo");
        bytes memory empty = pack(list[3], 0, 0, 0);
        bytes32 right = digests.vote(space, proposalId, empty);
        bytes32[3] memory wrong;
        vm.chainId(block.chainid + 1);
        wrong[0] = digests.vote(space, proposalId, empty);
        vm.chainId(block.chainid - 1);
        wrong[1] = digests.vote(keccak256("other"), proposalId, empty);
        wrong[2] = digests.vote(space, keccak256("other"), empty);
        uint256 snapshot = vm.snapshotState();
        for (uint256 i; i < 3; ++i) {
            vm.revertToState(snapshot);
            assertNotEq(right, wrong[i]);
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(list[3].key, wrong[i]);
            records[3] = pack(list[3], r, s, v);
            attempt(abi.encodeWithSelector(ITallyChecker.NotSignedByVoter.selector, 3, list[3].voter, right));
        }
    }

    function test_RefusesAWrongRoot() public {
        prepare();
        Tally memory tally = tallyOf(records);
        bytes32 right = tally.root;
        tally.root = keccak256("a lie");
        commit(proposalId, tally);
        bytes memory all = slice(records, 0, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.WrongRoot.selector, tally.root, right));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
    }

    function testFuzz_RefusesWrongTotals(uint8 which) public {
        prepare();
        Tally memory tally = tallyOf(records);
        uint128[3] memory right = tally.totals;
        tally.totals = [right[0], right[1], right[2]];
        tally.totals[which % 3] -= 1;
        commit(proposalId, tally);
        bytes memory all = slice(records, 0, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.WrongTotals.selector, tally.totals, right));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
    }

    /// With a ballot left out the proof is not at its end, and with one too many it is not begun.
    function test_RefusesMissingAndSurplusBallots() public {
        prepare();
        commit(proposalId, tallyOf(records));
        prove8();
        assertState(proposalId, State.Committed);
        bytes memory all = bytes.concat(slice(records, 0, 9), records[8]);
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.TooManyBallots.selector, 9, 10));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
        bytes memory other = bytes.concat(slice(records, 0, 4), slice(records, 5, 9));
        module.proveBallots(proposalId, address(0), "", other, new bytes[](0));
        assertState(proposalId, State.Committed);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotProven.selector, proposalId));
        module.execute(proposalId, payment());
    }

    function prove8() private {
        bytes memory most = slice(records, 0, 8);
        vm.expectEmit(address(module));
        emit ITallyModule.BallotsChecked(proposalId, address(this), 8, list[7].voter);
        module.proveBallots(proposalId, address(0), "", most, new bytes[](0));
    }

    /// A commitment that states fewer or more ballots than its root holds cannot be proven.
    function test_RefusesAWrongCount() public {
        prepare();
        Tally memory tally = tallyOf(records);
        tally.count = 8;
        commit(proposalId, tally);
        bytes memory most = slice(records, 0, 8);
        vm.expectPartialRevert(ITallyModule.WrongRoot.selector);
        module.proveBallots(proposalId, address(0), "", most, new bytes[](0));
    }

    function test_RefusesHalfABallot() public {
        prepare();
        commit(proposalId, tallyOf(records));
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.BallotsCutShort.selector, 0));
        module.proveBallots(proposalId, address(0), "", "", new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.BallotsCutShort.selector, 209));
        module.proveBallots(proposalId, address(0), "", new bytes(209), new bytes[](0));
    }

    function test_HandsOneProofABallotToTheSource() public {
        prepare();
        commit(proposalId, tallyOf(records));
        source.setProof("a longer proof than one word has room for, so that it is copied");
        bytes memory all = slice(records, 0, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.WrongNumberOfProofs.selector, 9, 8));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](8));
        vm.expectRevert("bad proof");
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
        bytes[] memory proofs = new bytes[](9);
        for (uint256 i; i < 9; ++i) {
            proofs[i] = source.expectedProof();
        }
        module.proveBallots(proposalId, address(0), "", all, proofs);
        assertState(proposalId, State.Proven);
    }

    function test_ASourceThatRevertsOnlyDelays() public {
        prepare();
        commit(proposalId, tallyOf(records));
        source.setBroken(true);
        bytes memory all = slice(records, 0, 9);
        vm.expectRevert("broken source");
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
        source.setBroken(false);
        prove(proposalId, records);
    }

    /// A source that later claims less power in all cannot undo what was registered.
    function test_TheTotalIsThatOfTheRegistration() public {
        prepare();
        source.setTotal(1);
        commit(proposalId, tallyOf(records));
        prove(proposalId, records);
    }

    function test_RefusesFewerAnswersThanVoters() public {
        prepare();
        commit(proposalId, tallyOf(records));
        source.setShort(true);
        bytes memory all = slice(records, 0, 9);
        vm.expectRevert(abi.encodeWithSelector(ITallyChecker.WrongNumberOfPowers.selector, 9, 8));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
    }

    /// A source without code, one whose answer is cut short, and one that answers too much.
    function test_RefusesAnAnswerThatIsNone() public {
        prepare();
        commit(proposalId, tallyOf(records));
        bytes memory all = slice(records, 0, 9);
        vm.etch(address(source), "");
        vm.expectRevert(bytes(""));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
        vm.etch(address(source), hex"601f5ff3");
        vm.expectRevert(bytes(""));
        module.proveBallots(proposalId, address(0), "", all, new bytes[](0));
        // One power of 129 bits for the one ballot: 32, 1, 2 ** 128.
        vm.etch(address(source), hex"60205f52600160205260018060801b60405260605ff3");
        bytes memory first = slice(records, 0, 1);
        vm.expectRevert(bytes(""));
        module.proveBallots(proposalId, address(0), "", first, new bytes[](0));
    }

    function test_NotBeforeTheCommitment() public {
        prepare();
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotCommitted.selector, proposalId));
        module.proveBallots(proposalId, address(0), "", "", new bytes[](0));
    }
}
