package processes

// identity is a process among those that share memory. Zero is nobody.
type identity uint32

// maxIdentity leaves room for two bits beside an identity in a word.
const maxIdentity = 1<<30 - 1
