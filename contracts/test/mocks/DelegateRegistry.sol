// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Acts like the registry that Snapshot's delegations are in: one delegate for an account and id.
contract DelegateRegistry {
    event SetDelegate(address indexed delegator, bytes32 indexed id, address indexed delegate);
    event ClearDelegate(address indexed delegator, bytes32 indexed id, address indexed delegate);

    mapping(address delegator => mapping(bytes32 id => address delegate)) public delegation;

    function setDelegate(bytes32 id, address delegate) external {
        address former = delegation[msg.sender][id];
        require(delegate != msg.sender && delegate != address(0) && delegate != former);
        delegation[msg.sender][id] = delegate;
        if (former != address(0)) emit ClearDelegate(msg.sender, id, former);
        emit SetDelegate(msg.sender, id, delegate);
    }

    function clearDelegate(bytes32 id) external {
        address former = delegation[msg.sender][id];
        require(former != address(0));
        delegation[msg.sender][id] = address(0);
        emit ClearDelegate(msg.sender, id, former);
    }
}
