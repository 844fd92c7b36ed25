// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPowerSource} from "../../src/interfaces/IPowerSource.sol";

/// @notice Power from a table that tests fill, and every way a source can misbehave.
contract TablePowerSource is IPowerSource {
    mapping(address voter => uint128) public power;
    uint256 public total = 1_000_000e18;
    bool public isTimestamp = true;
    bool public isBroken;
    bool public isShort;
    bytes public expectedProof;
    bytes public expectedParams = hex"c0ffee";

    function set(address voter, uint128 power_) external {
        power[voter] = power_;
    }

    function setTotal(uint256 total_) external {
        total = total_;
    }

    function setClock(bool isTimestamp_) external {
        isTimestamp = isTimestamp_;
    }

    function setBroken(bool isBroken_) external {
        isBroken = isBroken_;
    }

    function setShort(bool isShort_) external {
        isShort = isShort_;
    }

    function setProof(bytes calldata proof) external {
        expectedProof = proof;
    }

    function powerOf(bytes calldata params, address voter, uint64, bytes calldata proof)
        external
        view
        returns (uint128)
    {
        require(!isBroken, "broken source");
        require(keccak256(params) == keccak256(expectedParams), "other params");
        require(keccak256(proof) == keccak256(expectedProof), "bad proof");
        return power[voter];
    }

    function powersOf(
        bytes calldata params,
        address[] calldata voters,
        uint64 timepoint,
        bytes[] calldata proofs
    ) external view returns (uint128[] memory powers) {
        powers = new uint128[](isShort ? voters.length - 1 : voters.length);
        for (uint256 i; i < powers.length; ++i) {
            powers[i] = this.powerOf(params, voters[i], timepoint, proofs.length == 0 ? bytes("") : proofs[i]);
        }
    }

    function totalAt(bytes calldata, uint64) external view returns (uint256) {
        require(!isBroken, "broken source");
        return total;
    }

    function clock(bytes calldata) external view returns (uint64, bool) {
        require(!isBroken, "broken source");
        return (uint64(isTimestamp ? block.timestamp : block.number), isTimestamp);
    }
}
