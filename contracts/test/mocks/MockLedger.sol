// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Many kinds of token, and some more that a contract may say of an account; anyone may write.
contract MockLedger {
    mapping(address holder => mapping(uint256 kind => uint256)) public balanceOf;
    mapping(address account => int64) private _score;

    function mint(address holder, uint256 kind, uint256 amount) external {
        balanceOf[holder][kind] += amount;
    }

    function rate(address account, int64 score) external {
        _score[account] = score;
    }

    /// @notice Of several accounts the last one's: a name, whether it has a score, and the score.
    function standing(string calldata name, address[] calldata others, address account)
        external
        view
        returns (string memory greeting, bool known, int64 score)
    {
        others;
        return (name, _score[account] != 0, _score[account]);
    }
}
