// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";

contract CommitTallyTest is TallyTest {
    bytes32 private proposalId;
    Tally private tally;

    function prepare() private {
        bytes[] memory records;
        (proposalId, records) = voted();
        tally = tallyOf(records);
    }

    function attempt(bytes memory err) private {
        vm.deal(operator, 10 ether);
        vm.prank(operator);
        vm.expectRevert(err);
        module.commitTally{value: config.bond}(proposalId, tally.root, tally.count, tally.totals, 0, "");
    }

    function test_FixesTheBallots() public {
        prepare();
        assertState(proposalId, State.AwaitingTally);
        vm.expectEmit(address(module));
        emit ITallyModule.TallyCommitted(proposalId, tally.root, 6, tally.totals, "ipfs://ballots");
        commit(proposalId, tally);
        assertState(proposalId, State.Committed);
        Commitment memory commitment = module.commitmentOf(proposalId);
        assertEq(commitment.root, tally.root);
        assertEq(commitment.count, 6);
        assertEq(commitment.forPower, 600_000e18);
        assertEq(commitment.againstPower + commitment.abstainPower, 0);
        assertEq(commitment.committedAt, block.timestamp);

        attempt(abi.encodeWithSelector(ITallyModule.AlreadyCommitted.selector, proposalId));
    }

    function test_OnlyTheOperatorOfItsConfig() public {
        prepare();
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotTheOperator.selector, anyone));
        vm.prank(anyone);
        module.commitTally(proposalId, tally.root, tally.count, tally.totals, 0, "");

        // A new operator is not the old proposal's.
        config.operator = anyone;
        updateConfig();
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotTheOperator.selector, anyone));
        vm.prank(anyone);
        module.commitTally(proposalId, tally.root, tally.count, tally.totals, 0, "");
        commit(proposalId, tally);
    }

    function test_WindowBoundaries() public {
        prepare();
        vm.warp(START + PERIOD);
        attempt(abi.encodeWithSelector(ITallyModule.VoteIsNotOver.selector, START + PERIOD));
        vm.warp(START + PERIOD + 1 hours + 1);
        attempt(abi.encodeWithSelector(ITallyModule.CommitTooLate.selector, START + PERIOD + 1 hours));
        assertState(proposalId, State.Lapsed);
        vm.warp(START + PERIOD + 1 hours);
        assertState(proposalId, State.AwaitingTally);
        commit(proposalId, tally);
    }

    function test_ExactlyTheBond() public {
        config.bond = 1 ether;
        config.challengeWindow = 1 days;
        updateConfig();
        prepare();
        vm.deal(operator, 10 ether);
        for (uint256 value = 0; value <= 2 ether; value += 2 ether) {
            vm.expectRevert(abi.encodeWithSelector(ITallyModule.WrongBond.selector, 1 ether, value));
            vm.prank(operator);
            module.commitTally{value: value}(proposalId, tally.root, tally.count, tally.totals, 0, "");
        }
        commit(proposalId, tally);
        assertEq(address(module).balance, 1 ether);
    }

    function test_RefusesAnInboxThatIsNotHere() public {
        prepare();
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.WrongInbox.selector, bytes32(0), REASON));
        vm.prank(operator);
        module.commitTally(proposalId, tally.root, tally.count, tally.totals, REASON, "");
    }

    /// Three totals of 128 bits are added up without a wrap.
    function testFuzz_RefusesMorePowerThanThereIs(uint128 a, uint128 b, uint128 c) public {
        prepare();
        tally.totals = [a, b, c];
        uint256 sum = uint256(a) + b + c;
        if (sum > 1_000_000e18) {
            attempt(
                abi.encodeWithSelector(ITallyModule.TotalsExceedPower.selector, sum, uint128(1_000_000e18))
            );
        } else {
            commit(proposalId, tally);
        }
    }

    function test_NoBallotsAreProvenAtOnceAndNeverPass() public {
        prepare();
        tally.count = 0;
        attempt(abi.encodeWithSelector(ITallyModule.NotTheEmptyTree.selector, tally.root));
        bytes32 root = tally.root;
        tally.root = keccak256(hex"02");
        attempt(abi.encodeWithSelector(ITallyModule.NotTheEmptyTree.selector, tally.root));
        tally.root = root;
        tally.totals = [uint128(0), 0, 0];
        attempt(abi.encodeWithSelector(ITallyModule.NotTheEmptyTree.selector, root));
        vm.expectEmit(address(module));
        emit ITallyModule.TallyProven(proposalId, address(0));
        commit(proposalId, tallyOf(new bytes[](0)));
        assertState(proposalId, State.Proven);
        vm.warp(block.timestamp + 30 days);
        assertState(proposalId, State.Rejected);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotPassed.selector, 0, 0, 0, 40_000e18));
        module.execute(proposalId, payment());
    }

    /// Even where nobody has power at all.
    function test_NoBallotsDoNotPassWithoutPower() public {
        source.setTotal(0);
        prepare();
        commit(proposalId, tallyOf(new bytes[](0)));
        vm.warp(block.timestamp + 2 days);
        assertState(proposalId, State.Rejected);
    }

    function test_RefusesADeadProposal() public {
        proposalId = register(payment());
        cancel(proposalId);
        vm.warp(START + PERIOD + 1);
        attempt(abi.encodeWithSelector(ITallyModule.ProposalIsCancelled.selector, proposalId));

        vm.warp(START);
        Call[] memory calls = payment();
        calls[0].value = 2 ether;
        proposalId = register(calls);
        vm.prank(guardian);
        module.veto(proposalId, REASON);
        vm.warp(START + PERIOD + 1);
        attempt(abi.encodeWithSelector(ITallyModule.ProposalIsVetoed.selector, proposalId));
    }
}
