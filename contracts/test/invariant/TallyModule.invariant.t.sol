// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import "../helpers/TallyTest.sol";
import {TallyHandler} from "./TallyHandler.sol";
import {console} from "forge-std/console.sol";

/// @notice Whatever operator, provers, guardian, authors, the Safe and time do, in any order.
contract TallyModuleInvariantTest is TallyTest {
    TallyHandler private handler;

    function setUp() public override {
        super.setUp();
        config.bond = 1 ether;
        config.challengeWindow = 1 days;
        // Wide enough that chance finds its way in.
        config.commitGrace = 3 days;
        updateConfig();
        Draft[] memory list = drafts(7, 100_000e18);
        handler = new TallyHandler(module, safe, source, digests, config, authorKey, list);
        targetContract(address(handler));
        bytes4[] memory notForTheFuzzer = new bytes4[](1);
        notForTheFuzzer[0] = TallyTest.setUp.selector;
        excludeSelector(FuzzSelector(address(handler), notForTheFuzzer));
    }

    /// All in one campaign: what takes the time is signing ballots.
    function invariant_NobodyGetsMoreThanTheVoteGave() public view {
        requireOnlyWhatWasVoted();
        requireBondsConserved();
        requireEndsFinal();
        requireNoLieProven();
    }

    /// Coins leave the Safe only for proposals that were registered, committed, proven, passed, and neither cancelled nor
    /// vetoed nor paused nor too early nor expired, once each, and by exactly what their calls say.
    function requireOnlyWhatWasVoted() private view {
        assertEq(address(safe).balance, 1000 ether - handler.owed());
        assertEq(address(handler.target()).balance, handler.owed());
        assertEq(handler.wronglyExecuted(), 0);
    }

    /// Bonds are in the module, credited, or withdrawn; never anywhere else, and never twice.
    function requireBondsConserved() private view {
        uint256 held = handler.bondsPosted() - handler.bondsWithdrawn();
        assertEq(address(module).balance, held);
        assertEq(module.creditOf(operator) + handler.bondsUnreleased(), held);
    }

    /// What is for good stays.
    function requireEndsFinal() private view {
        for (uint256 i; i < handler.count(); ++i) {
            bytes32 proposalId = handler.proposalIds(i);
            State ended = handler.ended(proposalId);
            if (ended != State.Unknown) assertState(proposalId, ended);
        }
    }

    /// A commitment never changes, and none is proven that is a lie.
    function requireNoLieProven() private view {
        for (uint256 i; i < handler.count(); ++i) {
            bytes32 proposalId = handler.proposalIds(i);
            bytes32 root = handler.committedRoot(proposalId);
            assertEq(module.commitmentOf(proposalId).root, root);
            if (module.proposalOf(proposalId).provenAt != 0) {
                assertEq(root, handler.honestRoot(proposalId));
            }
        }
    }

    /// What chance came to, with `-vv`: without executions the rest would hold of nothing.
    function afterInvariant() public view {
        console.log("%s proposals, %s executed", handler.count(), handler.executed());
    }
}
