// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";

contract BrakesTest is TallyTest {
    function test_TheGuardianVetoes() public {
        bytes32 proposalId = executable();
        vm.expectEmit(address(module));
        emit ITallyModule.ProposalVetoed(proposalId, guardian, REASON);
        vm.prank(guardian);
        module.veto(proposalId, REASON);
        assertState(proposalId, State.Vetoed);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.ProposalIsVetoed.selector, proposalId));
        module.execute(proposalId, payment());
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.ProposalIsVetoed.selector, proposalId));
        vm.prank(guardian);
        module.veto(proposalId, REASON);
    }

    function test_TheSafeAlwaysVetoes() public {
        bytes32 proposalId = register(payment());
        vm.warp(config.guardianExpiry + 1);
        vm.prank(address(safe));
        module.veto(proposalId, REASON);
        assertState(proposalId, State.Vetoed);
    }

    /// Of the proposal's own config, and only before its expiry.
    function test_NobodyElse() public {
        bytes32 proposalId = register(payment());
        config.guardian = anyone;
        updateConfig();
        vm.startPrank(anyone);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotTheGuardian.selector, anyone));
        module.veto(proposalId, REASON);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotTheGuardian.selector, anyone));
        module.pause(proposalId, 1, REASON);
        vm.stopPrank();

        vm.warp(config.guardianExpiry);
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotTheGuardian.selector, guardian));
        module.veto(proposalId, REASON);
        vm.warp(config.guardianExpiry - 1);
        vm.prank(guardian);
        module.veto(proposalId, REASON);
    }

    /// Where there is no guardian, nobody is it.
    function test_WithoutAGuardian() public {
        config.guardian = address(0);
        updateConfig();
        bytes32 proposalId = register(payment());
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.NotTheGuardian.selector, guardian));
        module.veto(proposalId, REASON);
    }

    function test_APausePutsExecutionAndExpiryOff() public {
        bytes32 proposalId = executable();
        (, uint256 until) = module.executionWindow(proposalId);
        uint64 resumes = uint64(block.timestamp) + 3 days;
        vm.expectEmit(address(module));
        emit ITallyModule.ProposalPaused(proposalId, guardian, resumes, REASON);
        vm.prank(guardian);
        module.pause(proposalId, 3 days, REASON);
        assertState(proposalId, State.Paused);
        vm.warp(resumes - 1);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.ProposalIsPaused.selector, resumes));
        module.execute(proposalId, payment());
        (uint256 from_, uint256 until_) = module.executionWindow(proposalId);
        assertEq(from_, resumes);
        assertEq(until_, until + 3 days);

        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.AlreadyPaused.selector, proposalId));
        module.pause(proposalId, 1, REASON);
        vm.warp(until_ - 1);
        module.execute(proposalId, payment());
    }

    /// Neither commitment nor proof waits for a pause.
    function test_APausePutsNothingElseOff() public {
        (bytes32 proposalId, bytes[] memory records) = voted();
        vm.prank(guardian);
        module.pause(proposalId, 14 days, REASON);
        commit(proposalId, tallyOf(records));
        prove(proposalId, records);
        vm.warp(module.finalAt(proposalId));
        assertState(proposalId, State.Paused);
        vm.warp(START + PERIOD + 1 + 14 days);
        assertState(proposalId, State.Executable);
        module.execute(proposalId, payment());
    }

    function test_PauseBoundaries() public {
        bytes32 proposalId = proven();
        (, uint256 until) = module.executionWindow(proposalId);
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.WrongPause.selector, 0));
        module.pause(proposalId, 0, REASON);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.WrongPause.selector, 14 days + 1));
        module.pause(proposalId, 14 days + 1, REASON);
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.ProposalHasExpired.selector, until));
        module.pause(proposalId, 1, REASON);
        vm.warp(until - 1);
        module.pause(proposalId, 14 days, REASON);
        vm.stopPrank();
    }

    function test_NotAfterTheExecution() public {
        bytes32 proposalId = executable();
        module.execute(proposalId, payment());
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.AlreadyExecuted.selector, proposalId));
        module.veto(proposalId, REASON);
        vm.expectRevert(abi.encodeWithSelector(ITallyModule.AlreadyExecuted.selector, proposalId));
        module.pause(proposalId, 1, REASON);
    }
}
