// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";
import {PowerLens} from "../../src/PowerLens.sol";
import {DemoToken} from "../../src/demo/DemoToken.sol";
import {GuardedToken} from "../mocks/GuardedToken.sol";

contract PowerLensTest is Test {
    GuardedToken internal guarded = new GuardedToken();

    /// Runs the lens as `eth_call` does: what the constructor returns becomes the code of a fresh account.
    function ask(
        address target,
        bytes4 selector,
        bytes memory tail,
        uint256 gasPerCall,
        address[] memory voters
    ) public returns (bool[] memory answered, uint256[] memory words) {
        bytes memory initcode = abi.encodePacked(
            type(PowerLens).creationCode, abi.encode(target, selector, tail, gasPerCall, voters)
        );
        address lens;
        assembly {
            lens := create(0, add(initcode, 32), mload(initcode))
        }
        require(lens != address(0), "the lens reverted");
        bytes memory flags;
        (words, flags) = abi.decode(lens.code, (uint256[], bytes));
        answered = new bool[](flags.length);
        for (uint256 i; i < flags.length; ++i) {
            answered[i] = flags[i] != 0;
        }
    }

    function votesOf(address[] memory voters) internal returns (bool[] memory, uint256[] memory) {
        return ask(address(guarded), GuardedToken.getVotes.selector, "", 300_000, voters);
    }

    function testFuzz_AnswersEveryVoterInOrder(address[] memory voters) public {
        if (voters.length > 100) {
            assembly {
                mstore(voters, 100)
            }
        }
        (bool[] memory answered, uint256[] memory words) = votesOf(voters);
        assertEq(answered.length, voters.length);
        assertEq(words.length, voters.length);
        for (uint256 i; i < voters.length; ++i) {
            uint8 kind = uint8(uint160(voters[i]));
            bool refuses = kind == 1 || kind == 2 || kind == 3;
            assertEq(answered[i], !refuses);
            assertEq(words[i], refuses ? 0 : uint160(voters[i]));
        }
    }

    function test_OneBadVoterDoesNotHarmTheOthers() public {
        address[] memory voters = new address[](5);
        voters[0] = address(0x100);
        voters[1] = address(0x101); // reverts
        voters[2] = address(0x102); // burns its gas
        voters[3] = address(0x103); // answers three bytes
        voters[4] = address(0x104);
        (bool[] memory answered, uint256[] memory words) = votesOf(voters);
        assertTrue(answered[0] && answered[4]);
        assertFalse(answered[1] || answered[2] || answered[3]);
        assertEq(words[0] + words[4], 0x204);
        assertEq(words[1] + words[2] + words[3], 0);
    }

    function testFuzz_PassesTheTail(address voter, uint128 block_, uint64 salt) public {
        address[] memory voters = new address[](1);
        voters[0] = voter;
        bytes memory tail = abi.encode(uint256(block_), bytes32(uint256(salt)));
        (bool[] memory answered, uint256[] memory words) =
            ask(address(guarded), GuardedToken.powerAt.selector, tail, 300_000, voters);
        assertTrue(answered[0]);
        assertEq(words[0], uint256(uint160(voter)) + block_ + salt);
    }

    function test_AddressWithoutCodeAnswersNobody() public {
        address[] memory voters = new address[](2);
        (bool[] memory answered,) = ask(address(0xdead), GuardedToken.getVotes.selector, "", 300_000, voters);
        assertEq(answered.length, 2);
        assertFalse(answered[0] || answered[1]);
    }

    /// Short of gas it answers fewer voters, never other answers.
    function testFuzz_ShortOfGasAnswersAPrefix(uint256 gas_) public {
        address[] memory voters = new address[](40);
        for (uint160 i; i < 40; ++i) {
            voters[i] = address(i * 256 + (i % 5 == 0 ? 2 : 9));
        }
        gas_ = bound(gas_, 600_000, 8_000_000);
        (bool[] memory answered, uint256[] memory words) =
            this.ask{gas: gas_}(address(guarded), GuardedToken.getVotes.selector, "", 300_000, voters);
        assertEq(answered.length, words.length);
        assertLe(answered.length, 40);
        for (uint256 i; i < answered.length; ++i) {
            assertEq(answered[i], i % 5 != 0);
            assertEq(words[i], i % 5 == 0 ? 0 : uint160(voters[i]));
        }
    }

    function test_ReadsPastVotes() public {
        (address ada, address ben) = (makeAddr("Ada"), makeAddr("Ben"));
        address[] memory holders = new address[](1);
        uint256[] memory amounts = new uint256[](1);
        (holders[0], amounts[0]) = (ada, 7e18);
        DemoToken token = new DemoToken(holders, amounts);
        vm.prank(ada);
        token.delegate(ada);
        vm.roll(10);
        vm.prank(ada);
        token.transfer(ben, 3e18);
        vm.roll(11);

        (bool[] memory answered, uint256[] memory words) =
            ask(address(token), token.getPastVotes.selector, abi.encode(9), 300_000, holders);
        assertTrue(answered[0]);
        assertEq(words[0], 7e18);
        (, words) = ask(address(token), token.getPastVotes.selector, abi.encode(10), 300_000, holders);
        assertEq(words[0], 4e18);
    }
}
