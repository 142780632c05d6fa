package scene

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// deflater appends data, compressed as RFC 1951 has it, to out. It looks for
// repetitions at the given distances alone: in a drawing with flat colours, what
// a pixel repeats stands left of it, above it or, in a hatched bar, diagonally
// above. The result is half as large again, or up to twice as large, as that of
// compress/flate in a hurry.
type deflater struct{ bitWriter }

func newDeflater(out []byte) *deflater {
	w := &deflater{bitWriter{out: out}}
	w.bits(0b011, 3) // the last block, with the fixed code
	return w
}

// close returns out with all that was written.
func (w *deflater) close() []byte {
	w.symbol(endOfBlock)
	w.bits(0, 7) // the last byte's rest
	return w.out
}

// deflate appends data but its first known bytes, which it appended before or which
// repeat what stood there.
func (w *deflater) deflate(data []byte, known int, distances ...int) {
	const shortest, longest = 3, 258
	for i := known; i < len(data); {
		length, distance := 0, 0
		for _, d := range distances {
			if d > i {
				continue
			}
			if n := common(data[i:min(i+longest, len(data))], data[i-d:]); n > length {
				length, distance = n, d
			}
			if length == longest {
				break
			}
		}
		if length < shortest {
			w.symbol(int(data[i]))
			i++
			continue
		}
		w.repeat(length, distance)
		i += length
	}
}

// common is how many bytes at the head of a are at the head of b too, which is
// at least as long.
func common(a, b []byte) int {
	if bytes.Equal(a, b[:len(a)]) { // many bytes at a time
		return len(a)
	}
	n := 0
	for ; n+8 <= len(a); n += 8 {
		differ := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:])
		if differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
	}
	for n < len(a) && a[n] == b[n] {
		n++
	}
	return n
}

// bitWriter appends bits, the first in the lowest place of a byte.
type bitWriter struct {
	out     []byte
	pending uint64 // bits that do not fill a byte yet
	count   int    // how many
}

func (w *bitWriter) bits(value uint64, count int) {
	w.pending |= value << w.count
	for w.count += count; w.count >= 8; w.count -= 8 {
		w.out = append(w.out, byte(w.pending))
		w.pending >>= 8
	}
}

// code writes a Huffman code, whose highest bit is the first.
func (w *bitWriter) code(code, count int) {
	w.bits(bits.Reverse64(uint64(code))>>(64-count), count)
}

// Symbols of the fixed code above the bytes' own.
const (
	endOfBlock   = 256
	firstLength  = 257
	longestMatch = 285
)

// symbol writes a byte, endOfBlock or a length's symbol in the fixed code.
func (w *bitWriter) symbol(s int) {
	switch {
	case s < 144:
		w.code(0b00110000+s, 8)
	case s < 256:
		w.code(0b110010000+s-144, 9)
	case s < 280:
		w.code(s-256, 7)
	default:
		w.code(0b11000000+s-280, 8)
	}
}

// repeat writes that length bytes stand distance bytes before. A symbol gives
// the high bits of each number, and the low ones follow as they are.
func (w *bitWriter) repeat(length, distance int) {
	if rest := uint64(length - 3); rest == 255 {
		w.symbol(longestMatch)
	} else {
		low := max(bits.Len64(rest)-3, 0)
		w.symbol(firstLength + low<<2 + int(rest>>low))
		w.bits(rest&(1<<low-1), low)
	}
	rest := uint64(distance - 1)
	low := max(bits.Len64(rest)-2, 0)
	w.code(low<<1+int(rest>>low), 5)
	w.bits(rest&(1<<low-1), low)
}
