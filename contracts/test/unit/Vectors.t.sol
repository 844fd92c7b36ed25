// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Config} from "../../src/interfaces/Config.sol";
import {Call} from "../../src/libraries/Calls.sol";
import {ProposalMessage} from "../../src/libraries/ProposalDigest.sol";
import {Digests} from "../helpers/Digests.sol";
import {Test} from "forge-std/Test.sol";

/// @notice The same file that vitest reads: see lib/core/settlement/settlement.vectors.test.ts.
contract VectorsTest is Test {
    string private json;
    Digests private digests;
    bytes32 private space;
    bytes32 private proposalId;

    function setUp() public {
        json = vm.readFile("../lib/core/settlement/vectors/settlement.json");
        vm.chainId(vm.parseJsonUint(json, ".chainId"));
        address module = vm.parseJsonAddress(json, ".module");
        deployCodeTo("Digests.sol", module);
        digests = Digests(module);
        space = keccak256(bytes(vm.parseJsonString(json, ".space")));
        proposalId = vm.parseJsonBytes32(json, ".proposal.id");
    }

    function test_Config() public view {
        bytes memory encoded = vm.parseJsonBytes(json, ".config.encoded");
        Config memory config = abi.decode(encoded, (Config));
        assertEq(abi.encode(config), encoded);
        assertEq(keccak256(abi.encode(config)), vm.parseJsonBytes32(json, ".config.hash"));
    }

    function test_Batch() public view {
        Call[] memory calls = abi.decode(vm.parseJsonBytes(json, ".batch.encoded"), (Call[]));
        assertEq(digests.executionHash(calls), vm.parseJsonBytes32(json, ".batch.executionHash"));
    }

    function test_Proposal() public view {
        ProposalMessage memory message =
            abi.decode(vm.parseJsonBytes(json, ".proposal.encoded"), (ProposalMessage));
        assertEq(
            digests.plugins(address(digests), message.config, message.executionHash),
            vm.parseJsonString(json, ".plugins")
        );
        assertEq(digests.proposal(message, space, address(digests)), proposalId);
    }

    function test_Cancellations() public view {
        address author = vm.parseJsonAddress(json, ".cancellations.author");
        uint64 timestamp = uint64(vm.parseJsonUint(json, ".cancellations.timestamp"));
        bytes32[] memory expected = vm.parseJsonBytes32Array(json, ".cancellations.digests");
        assertEq(expected.length, 8);
        for (uint8 variant; variant < 8; ++variant) {
            assertEq(digests.cancellation(space, proposalId, variant, author, timestamp), expected[variant]);
        }
    }

    function test_Ballots() public view {
        for (uint256 i; i < 11; ++i) {
            string memory at = string.concat(".ballots[", vm.toString(i), "]");
            bytes memory record = vm.parseJsonBytes(json, string.concat(at, ".record"));
            assertEq(
                digests.vote(space, proposalId, record),
                vm.parseJsonBytes32(json, string.concat(at, ".digest"))
            );
            assertEq(digests.leafHash(record), vm.parseJsonBytes32(json, string.concat(at, ".leaf")));
        }
    }

    function test_Trees() public view {
        bytes memory records;
        for (uint256 count; count <= 11; ++count) {
            string memory at = string.concat(".trees[", vm.toString(count), "]");
            (bytes32 root, uint128[3] memory totals, bytes memory run) = digests.tree(records);
            assertEq(root, vm.parseJsonBytes32(json, string.concat(at, ".root")));
            uint256[] memory expected = vm.parseJsonUintArray(json, string.concat(at, ".totals"));
            for (uint256 i; i < 3; ++i) {
                assertEq(totals[i], expected[i]);
            }
            if (count != 0 && count != 11) {
                assertEq(run, vm.parseJsonBytes(json, string.concat(at, ".run")));
            }
            if (count == 11) break;
            string memory ballot = string.concat(".ballots[", vm.toString(count), "].record");
            records = bytes.concat(records, vm.parseJsonBytes(json, ballot));
        }
    }

    /// Against an implementation that goes from character to character.
    function testFuzz_Text(address account, bytes32 word) public view {
        assertEq(digests.checksummed(account), vm.toString(account));
        assertEq(digests.hashChecksummed(account), keccak256(bytes(vm.toString(account))));
        assertEq(digests.lowerCase(word), vm.toString(word));
    }
}
