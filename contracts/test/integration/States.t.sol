// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";

/// @notice Every cell of the table in contracts/README.md: in each state, what each act does.
contract StatesTest is TallyTest {
    bytes4 private constant OK = 0;

    bytes32 private proposalId;
    bytes[] private records;
    ProposalMessage private message;

    function setUp() public override {
        super.setUp();
        config.bond = 1 ether;
        config.challengeWindow = 1 days;
        updateConfig();
        message = messageFor(payment());
        proposalId = module.proposalIdOf(message);
    }

    function reach(State state) private {
        Draft[] memory list = drafts(6, 100_000e18);
        for (uint256 i; i < 6; ++i) {
            if (state == State.Rejected) list[i].choice = 2;
            records.push(signBallot(proposalId, list[i]));
        }
        if (state == State.Unknown) return;
        module.register(message, payment(), signed(message), "");
        if (state == State.Cancelled) return cancel(proposalId);
        if (state == State.Voting) return;
        vm.warp(START + PERIOD + 1);
        if (state == State.AwaitingTally) return;
        if (state == State.Lapsed) return vm.warp(START + PERIOD + 1 hours + 1);
        commit(proposalId, tallyOf(records));
        if (state == State.Committed) return;
        prove(proposalId, records);
        if (state == State.Proven) return;
        vm.warp(module.finalAt(proposalId));
        if (state == State.Cooling || state == State.Rejected) return;
        (uint256 from, uint256 until) = module.executionWindow(proposalId);
        vm.warp(from);
        if (state == State.Executable) return;
        if (state == State.Expired) return vm.warp(until);
        if (state == State.Executed) return module.execute(proposalId, payment());
        vm.prank(guardian);
        if (state == State.Paused) module.pause(proposalId, 1 days, REASON);
        else module.veto(proposalId, REASON);
    }

    /// What each act answers, in the order of the table's columns.
    function check(State state, bytes4[8] memory expected) private {
        reach(state);
        assertState(proposalId, state);
        bytes[8] memory acts = [
            abi.encodeCall(module.register, (message, payment(), signed(message), "")),
            abi.encodeCall(module.cancel, (proposalId, author, START, 0, cancellation(proposalId, 0))),
            "",
            abi.encodeCall(
                module.proveBallots, (proposalId, address(0), "", slice(records, 0, 6), new bytes[](0))
            ),
            abi.encodeCall(module.execute, (proposalId, payment())),
            abi.encodeCall(module.veto, (proposalId, REASON)),
            abi.encodeCall(module.pause, (proposalId, 1, REASON)),
            abi.encodeCall(module.releaseBond, (proposalId))
        ];
        Tally memory tally = tallyOf(records);
        acts[2] =
            abi.encodeCall(module.commitTally, (proposalId, tally.root, tally.count, tally.totals, 0, ""));
        address[8] memory who = [anyone, anyone, operator, anyone, anyone, guardian, guardian, anyone];
        for (uint256 i; i < 8; ++i) {
            uint256 snapshot = vm.snapshotState();
            vm.deal(operator, 1 ether);
            vm.prank(who[i]);
            (bool success, bytes memory answer) = address(module).call{value: i == 2 ? 1 ether : 0}(acts[i]);
            assertEq(success ? OK : bytes4(answer), expected[i], vm.toString(i));
            vm.revertToState(snapshot);
        }
    }

    bytes4 private immutable UNKNOWN = ITallyModule.UnknownProposal.selector;
    bytes4 private immutable REGISTERED = ITallyModule.AlreadyRegistered.selector;
    bytes4 private immutable OVER = ITallyModule.VoteIsOver.selector;
    bytes4 private immutable CANCELLED = ITallyModule.ProposalIsCancelled.selector;
    bytes4 private immutable VETOED = ITallyModule.ProposalIsVetoed.selector;
    bytes4 private immutable UNCOMMITTED = ITallyModule.NotCommitted.selector;
    bytes4 private immutable COMMITTED = ITallyModule.AlreadyCommitted.selector;
    bytes4 private immutable UNPROVEN = ITallyModule.NotProven.selector;
    bytes4 private immutable PROVEN = ITallyModule.AlreadyProven.selector;
    bytes4 private immutable EXECUTED = ITallyModule.AlreadyExecuted.selector;
    bytes4 private immutable EARLY = ITallyModule.TooEarly.selector;
    bytes4 private immutable EXPIRED = ITallyModule.ProposalHasExpired.selector;

    // forgefmt: disable-start
    //                        register    cancel     commit                                    prove        execute      veto      pause                               releaseBond
    function test_Unknown() public {
        check(State.Unknown,       [OK,         OK,        UNKNOWN,                                 UNKNOWN,     UNKNOWN,     UNKNOWN,  UNKNOWN,                            UNKNOWN]);
    }
    function test_Voting() public {
        check(State.Voting,        [REGISTERED, OK,        ITallyModule.VoteIsNotOver.selector,     UNCOMMITTED, UNCOMMITTED, OK,       OK,                                 UNCOMMITTED]);
    }
    function test_AwaitingTally() public {
        check(State.AwaitingTally, [REGISTERED, OVER,      OK,                                      UNCOMMITTED, UNCOMMITTED, OK,       OK,                                 UNCOMMITTED]);
    }
    function test_Lapsed() public {
        check(State.Lapsed,        [REGISTERED, OVER,      ITallyModule.CommitTooLate.selector,     UNCOMMITTED, UNCOMMITTED, OK,       OK,                                 UNCOMMITTED]);
    }
    function test_Committed() public {
        check(State.Committed,     [REGISTERED, OVER,      COMMITTED,                               OK,          UNPROVEN,    OK,       OK,                                 UNPROVEN]);
    }
    function test_Proven() public {
        check(State.Proven,        [REGISTERED, OVER,      COMMITTED,                               PROVEN,      EARLY,       OK,       OK,                                 ITallyModule.NotFinal.selector]);
    }
    function test_Rejected() public {
        check(State.Rejected,      [REGISTERED, OVER,      COMMITTED,                               PROVEN,      ITallyModule.NotPassed.selector, OK, OK,                   OK]);
    }
    function test_Cooling() public {
        check(State.Cooling,       [REGISTERED, OVER,      COMMITTED,                               PROVEN,      EARLY,       OK,       OK,                                 OK]);
    }
    function test_Paused() public {
        check(State.Paused,        [REGISTERED, OVER,      COMMITTED,                               PROVEN,      ITallyModule.ProposalIsPaused.selector, OK, ITallyModule.AlreadyPaused.selector, OK]);
    }
    function test_Executable() public {
        check(State.Executable,    [REGISTERED, OVER,      COMMITTED,                               PROVEN,      OK,          OK,       OK,                                 OK]);
    }
    function test_Expired() public {
        check(State.Expired,       [REGISTERED, OVER,      COMMITTED,                               PROVEN,      EXPIRED,     OK,       EXPIRED,                            OK]);
    }
    function test_Executed() public {
        check(State.Executed,      [REGISTERED, OVER,      COMMITTED,                               PROVEN,      EXECUTED,    EXECUTED, EXECUTED,                           OK]);
    }
    function test_Cancelled() public {
        check(State.Cancelled,     [REGISTERED, CANCELLED, CANCELLED,                               UNCOMMITTED, CANCELLED,   CANCELLED, CANCELLED,                         UNCOMMITTED]);
    }
    function test_Vetoed() public {
        check(State.Vetoed,        [REGISTERED, OVER,      COMMITTED,                               PROVEN,      VETOED,      VETOED,   VETOED,                             OK]);
    }
    // forgefmt: disable-end
}
