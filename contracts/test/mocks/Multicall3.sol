// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IMulticall3} from "forge-std/interfaces/IMulticall3.sol";

/// @notice The part of Multicall3 that the product falls back to. Test chains do not come with the real one.
contract Multicall3 {
    function aggregate3(IMulticall3.Call3[] calldata calls)
        external
        payable
        returns (IMulticall3.Result[] memory results)
    {
        results = new IMulticall3.Result[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            (bool success, bytes memory returnData) = calls[i].target.call(calls[i].callData);
            require(success || calls[i].allowFailure, "Multicall3: call failed");
            results[i] = IMulticall3.Result(success, returnData);
        }
    }
}
