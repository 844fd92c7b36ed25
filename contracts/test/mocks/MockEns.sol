// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice ENS in one contract, to be set at the canonical addresses of registry, registrar, name wrapper and universal
/// resolver alike. Each address has its own storage: names belong to the registry's, records to the resolver's.
contract MockEns {
    error ResolverNotFound(bytes name);
    error ResolverError(bytes errorData);

    struct Wrapped {
        address owner;
        uint32 fuses;
        uint64 expiry;
    }

    mapping(bytes32 node => address) public owner;
    mapping(uint256 id => uint256) public nameExpires;
    mapping(bytes32 node => string) public text;
    mapping(bytes32 node => address) public addr;
    mapping(uint256 id => Wrapped) private wrapped;
    bytes public failure;

    function setOwner(bytes32 node, address owner_) external {
        owner[node] = owner_;
    }

    function setExpiry(uint256 id, uint256 expiry) external {
        nameExpires[id] = expiry;
    }

    function wrap(bytes32 node, address owner_, uint32 fuses, uint64 expiry) external {
        wrapped[uint256(node)] = Wrapped(owner_, fuses, expiry);
    }

    function setText(bytes32 node, string calldata value) external {
        text[node] = value;
    }

    function setAddr(bytes32 node, address value) external {
        addr[node] = value;
    }

    /// @dev What the resolver's errors carry from now on; empty: it works.
    function setFailure(bytes calldata failure_) external {
        failure = failure_;
    }

    /// @dev As the name wrapper does: an emancipated name belongs to nobody once it has expired, and no fuse is burnt then.
    function getData(uint256 id) external view returns (address, uint32, uint64) {
        Wrapped memory data = wrapped[id];
        if (block.timestamp <= data.expiry) return (data.owner, data.fuses, data.expiry);
        return (data.fuses & (1 << 16) != 0 ? address(0) : data.owner, 0, data.expiry);
    }

    /// @dev The universal resolver's entry point, for `text(bytes32,string)` and `addr(bytes32)`.
    function resolveWithGateways(bytes calldata name, bytes calldata data, string[] calldata)
        external
        view
        returns (bytes memory, address)
    {
        if (failure.length > 0) revert ResolverError(failure);
        bytes32 node = abi.decode(data[4:36], (bytes32));
        if (bytes4(data[:4]) == this.addr.selector) {
            if (addr[node] == address(0)) revert ResolverNotFound(name);
            return (abi.encode(addr[node]), address(this));
        }
        if (bytes(text[node]).length == 0) revert ResolverNotFound(name);
        return (abi.encode(text[node]), address(this));
    }
}
