// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {HostileTarget} from "../helpers/HostileTarget.sol";
import "../helpers/TallyTest.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

contract ExecuteTest is TallyTest {
    function attempt(bytes32 proposalId, Call[] memory calls, bytes memory err) private {
        uint256 balance = address(safe).balance;
        vm.expectRevert(err);
        module.execute(proposalId, calls);
        assertEq(address(safe).balance, balance);
    }

    /// Votes on a batch and waits until it can be executed.
    function passed(Call[] memory calls) private returns (bytes32 proposalId) {
        uint64 start = uint64(block.timestamp);
        proposalId = register(calls);
        Draft[] memory list = drafts(6, 100_000e18);
        for (uint256 i; i < 6; ++i) {
            list[i].timestamp = start;
        }
        bytes[] memory records = signBallots(proposalId, list);
        vm.warp(start + PERIOD + 1);
        commit(proposalId, tallyOf(records));
        prove(proposalId, records);
        (uint256 from,) = module.executionWindow(proposalId);
        vm.warp(from);
    }

    function test_MovesTheFundsOnce() public {
        bytes32 proposalId = executable();
        assertState(proposalId, State.Executable);
        vm.expectEmit(address(module));
        emit ITallyModule.ProposalExecuted(proposalId);
        vm.prank(anyone);
        module.execute(proposalId, payment());
        assertEq(receiver.balance, 1 ether);
        assertState(proposalId, State.Executed);
        attempt(
            proposalId, payment(), abi.encodeWithSelector(ITallyModule.AlreadyExecuted.selector, proposalId)
        );
    }

    /// From `finalAt + cooldown`, itself included, until before `finalAt + expiry`.
    function test_WindowBoundaries() public {
        bytes32 proposalId = proven();
        uint256 finalAt = START + PERIOD + 1 + 2 hours;
        assertEq(module.finalAt(proposalId), finalAt);
        (uint256 from, uint256 until) = module.executionWindow(proposalId);
        assertEq(from, finalAt + 1 days);
        assertEq(until, finalAt + 14 days);

        vm.warp(finalAt - 1);
        assertState(proposalId, State.Proven);
        vm.warp(finalAt);
        assertState(proposalId, State.Cooling);
        vm.warp(from - 1);
        assertState(proposalId, State.Cooling);
        attempt(proposalId, payment(), abi.encodeWithSelector(ITallyModule.TooEarly.selector, from));
        vm.warp(until);
        assertState(proposalId, State.Expired);
        attempt(
            proposalId, payment(), abi.encodeWithSelector(ITallyModule.ProposalHasExpired.selector, until)
        );
        uint256 snapshot = vm.snapshotState();
        vm.warp(until - 1);
        module.execute(proposalId, payment());
        vm.revertToState(snapshot);
        vm.warp(from);
        module.execute(proposalId, payment());
    }

    /// Proven after the omission window, a result is final at once.
    function test_FinalWhenProvenLate() public {
        (bytes32 proposalId, bytes[] memory records) = committed();
        vm.warp(block.timestamp + 30 days);
        prove(proposalId, records);
        assertEq(module.finalAt(proposalId), block.timestamp);
        assertState(proposalId, State.Cooling);
    }

    function test_RefusesUnknownUncommittedAndUnproven() public {
        attempt(REASON, payment(), abi.encodeWithSelector(ITallyModule.UnknownProposal.selector, REASON));
        (bytes32 proposalId, bytes[] memory records) = voted();
        attempt(proposalId, payment(), abi.encodeWithSelector(ITallyModule.NotCommitted.selector, proposalId));
        commit(proposalId, tallyOf(records));
        attempt(proposalId, payment(), abi.encodeWithSelector(ITallyModule.NotProven.selector, proposalId));
    }

    function test_RefusesAnotherBatchAndAnotherChain() public {
        bytes32 proposalId = executable();
        Call[] memory calls = payment();
        bytes32 right = module.executionHashOf(calls);
        calls[0].to = anyone;
        attempt(
            proposalId,
            calls,
            abi.encodeWithSelector(ITallyModule.WrongBatch.selector, right, module.executionHashOf(calls))
        );
        vm.chainId(block.chainid + 1);
        attempt(
            proposalId,
            payment(),
            abi.encodeWithSelector(ITallyModule.WrongBatch.selector, right, module.executionHashOf(payment()))
        );
    }

    /// More For than Against, strictly; and the quorum counts the choices that the config names, to the unit.
    function testFuzz_PassesByTheRule(uint8 mask, uint16 bps, uint8[6] memory choices, uint256 extra) public {
        config.quorumChoices = uint8(bound(mask, 1, 7));
        config.quorumBps = uint16(bound(bps, 1, 10_000));
        updateConfig();
        uint128[4] memory sums;
        Draft[] memory list = drafts(6, 100_000e18);
        for (uint256 i; i < 6; ++i) {
            list[i].choice = uint8(choices[i] % 3 + 1);
            sums[list[i].choice] += list[i].power;
        }
        uint256 counted;
        for (uint256 i; i < 3; ++i) {
            if (config.quorumChoices >> i & 1 == 1) counted += sums[i + 1];
        }
        // A total at which the quorum is just met or just missed.
        source.setTotal(bound(extra, 600_000e18, 1_000_000e18));
        if (extra % 3 != 0 && counted * 10_000 / config.quorumBps >= 600_000e18) {
            source.setTotal(counted * 10_000 / config.quorumBps + extra % 3 - 1);
        }
        uint256 total = source.total();
        bytes32 proposalId = register(payment());
        bytes[] memory records = signBallots(proposalId, list);
        vm.warp(START + PERIOD + 1);
        commit(proposalId, tallyOf(records));
        prove(proposalId, records);
        (uint256 from,) = module.executionWindow(proposalId);
        vm.warp(from);

        if (counted * 10_000 >= uint256(config.quorumBps) * total && sums[1] > sums[2]) {
            assertState(proposalId, State.Executable);
            module.execute(proposalId, payment());
        } else {
            assertState(proposalId, State.Rejected);
            vm.expectPartialRevert(ITallyModule.NotPassed.selector);
            module.execute(proposalId, payment());
        }
    }

    function test_RefusesCodeThatChanged() public {
        HostileTarget target = new HostileTarget();
        Call[] memory calls = new Call[](1);
        calls[0] = Call(address(target), 0, abi.encodeCall(HostileTarget.poke, ()), 0);
        bytes32 proposalId = passed(calls);
        bytes memory code = address(target).code;
        vm.etch(address(target), hex"00");
        vm.expectPartialRevert(ITallyModule.CodeChanged.selector);
        module.execute(proposalId, calls);
        vm.etch(address(target), "");
        attempt(
            proposalId,
            calls,
            abi.encodeWithSelector(ITallyModule.CallWithoutCode.selector, 0, address(target))
        );
        vm.etch(address(target), code);
        module.execute(proposalId, calls);
        assertEq(target.calls(), 1);
    }

    /// A payment to an account is made whether or not it has got code since; one to a contract only while it is the same.
    function test_PinsPaymentsToContractsAlone() public {
        bytes32 proposalId = executable();
        vm.etch(receiver, hex"00");
        module.execute(proposalId, payment());
        assertEq(receiver.balance, 1 ether);

        Call[] memory calls = new Call[](1);
        calls[0] = Call(receiver, 1, "", 0);
        proposalId = passed(calls);
        vm.etch(receiver, hex"5f00");
        vm.expectPartialRevert(ITallyModule.CodeChanged.selector);
        module.execute(proposalId, calls);
    }

    /// Borrowed code (EIP-7702) counts as none of its own: it may change for another's, not for real code.
    function test_BorrowedCodeIsNotPinned() public {
        vm.etch(receiver, abi.encodePacked(hex"ef0100", address(source)));
        Call[] memory calls = new Call[](1);
        calls[0] = Call(receiver, 0, abi.encodeWithSignature("total()"), 0);
        bytes32 proposalId = passed(calls);
        vm.etch(receiver, hex"00");
        vm.expectPartialRevert(ITallyModule.CodeChanged.selector);
        module.execute(proposalId, calls);
        vm.etch(receiver, new bytes(23));
        vm.expectPartialRevert(ITallyModule.CodeChanged.selector);
        module.execute(proposalId, calls);
        vm.etch(receiver, abi.encodePacked(hex"ef0100", deployCode("TablePowerSource.sol")));
        module.execute(proposalId, calls);
    }

    /// The last call fails: none was made, and it can be tried again.
    function test_AllOrNothing() public {
        HostileTarget target = new HostileTarget();
        Call[] memory calls = new Call[](3);
        calls[0] = Call(receiver, 1 ether, "", 0);
        calls[1] = Call(address(target), 1 ether, "", 0);
        calls[2] = Call(address(target), 0, abi.encodeCall(HostileTarget.poke, ()), 0);
        bytes32 proposalId = passed(calls);
        target.set(HostileTarget.Mood.Refuse, module, "");
        attempt(proposalId, calls, abi.encodeWithSelector(ITallyModule.CallFailed.selector, 1));
        assertEq(receiver.balance, 0);
        assertState(proposalId, State.Executable);

        target.set(HostileTarget.Mood.BurnGas, module, "");
        vm.expectRevert();
        module.execute{gas: 2_000_000}(proposalId, calls);
        assertEq(receiver.balance, 0);

        target.set(HostileTarget.Mood.Accept, module, "");
        module.execute(proposalId, calls);
        assertEq(receiver.balance, 1 ether);
        assertEq(target.calls(), 2);
    }

    function test_MoreThanTheSafeHasIsRefused() public {
        Call[] memory calls = payment();
        calls[0].value = 101 ether;
        bytes32 proposalId = passed(calls);
        attempt(proposalId, calls, abi.encodeWithSelector(ITallyModule.CallFailed.selector, 0));
    }

    /// Neither the same proposal nor another that could run can be started from within.
    function test_ATargetCannotReenter() public {
        HostileTarget target = new HostileTarget();
        Call[] memory calls = new Call[](1);
        calls[0] = Call(address(target), 1 ether, "", 0);
        uint64 start = uint64(block.timestamp);
        bytes32 other = register(payment());
        Draft[] memory list = drafts(6, 100_000e18);
        bytes[] memory records = signBallots(other, list);
        vm.warp(start + PERIOD + 1);
        commit(other, tallyOf(records));
        prove(other, records);
        bytes32 proposalId = passed(calls);
        assertState(other, State.Executable);

        target.set(
            HostileTarget.Mood.Execute, module, abi.encodeCall(TallyModule.execute, (other, payment()))
        );
        module.execute(proposalId, calls);
        assertEq(
            target.reason(),
            abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector)
        );
        assertState(other, State.Executable);
        assertEq(address(target).balance, 1 ether);
    }

    /// A batch may change the config it was decided under, and the module itself.
    function test_ABatchMayGovernTheModule() public {
        config.quorumBps = 500;
        Call[] memory calls = new Call[](2);
        calls[0] = Call(address(module), 0, abi.encodeCall(TallyModule.setConfig, (config)), 0);
        calls[1] = Call(
            address(safe), 0, abi.encodeCall(SafeAccount.disableModule, (address(1), address(module))), 0
        );
        module.execute(passed(calls), calls);
        assertEq(module.configHash(), keccak256(abi.encode(config)));
        assertFalse(safe.isModuleEnabled(address(module)));
    }

    function test_ADisabledModuleMovesNothing() public {
        bytes32 proposalId = executable();
        vm.prank(address(safe));
        safe.disableModule(address(1), address(module));
        attempt(proposalId, payment(), abi.encodeWithSignature("Error(string)", "GS104"));
    }

    /// Config changed in the middle of a vote: the vote ends under the one it began with.
    function test_SettlesUnderItsOwnConfig() public {
        (bytes32 proposalId, bytes[] memory records) = voted();
        config.operator = anyone;
        config.quorumBps = 10_000;
        config.cooldown = 10 days;
        config.space = "other";
        updateConfig();
        config.space = "demo";
        commit(proposalId, tallyOf(records));
        prove(proposalId, records);
        (uint256 from,) = module.executionWindow(proposalId);
        assertEq(from, module.finalAt(proposalId) + 1 days);
        vm.warp(from);
        module.execute(proposalId, payment());
    }
}
