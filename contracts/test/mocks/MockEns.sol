// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice ENS in one contract, to be set at the canonical addresses of registry, name wrapper and universal
/// resolver alike. Each address has its own storage: names belong to the registry's, records to the resolver's.
contract MockEns {
    error ResolverNotFound(bytes name);
    error ResolverError(bytes errorData);

    mapping(bytes32 node => address) public owner;
    mapping(uint256 id => address) public ownerOf;
    mapping(bytes32 node => string) public text;
    bool public broken;

    function setOwner(bytes32 node, address owner_) external {
        owner[node] = owner_;
    }

    function setWrappedOwner(bytes32 node, address owner_) external {
        ownerOf[uint256(node)] = owner_;
    }

    function setText(bytes32 node, string calldata value) external {
        text[node] = value;
    }

    function setBroken(bool broken_) external {
        broken = broken_;
    }

    /// @dev The universal resolver's entry point, for `text(bytes32,string)` alone.
    function resolveWithGateways(bytes calldata name, bytes calldata data, string[] calldata)
        external
        view
        returns (bytes memory, address)
    {
        if (broken) revert ResolverError("");
        bytes32 node = abi.decode(data[4:36], (bytes32));
        if (bytes(text[node]).length == 0) revert ResolverNotFound(name);
        return (abi.encode(text[node]), address(this));
    }
}
