// Preloaded into our node children: whoever loses its parent ends with it, even if the parent was killed.
process.once('disconnect', () => process.exit(1))
// The connection alone must not keep a child alive that has finished.
process.channel?.unref()
