package scene

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
)

// encode returns a PNG file of what draw draws, which it calls for each band. Package
// image/png would do it too, and smaller, but it and its compressor cost every cell
// that draws a chart some 8 ms of linking and running.
func (c *canvas) encode(draw func()) []byte {
	const bitDepth, paletteType = 8, 3
	header := binary.BigEndian.AppendUint32(nil, uint32(c.width))
	header = binary.BigEndian.AppendUint32(header, uint32(c.height))
	header = append(header, bitDepth, paletteType, 0, 0, 0)

	data := append(make([]byte, 0, 1<<16), 0x78, 0x01) // zlib's header
	w, sum := newDeflater(data), adler32.New()
	for c.next() {
		draw()
		rows := c.pix[:(1+c.bottom-c.top)*c.stride()]
		known := c.stride() // what stands before the band
		if c.top == 0 {
			rows, known = rows[known:], 0
		}
		w.deflate(rows, known, 1, c.stride(), c.stride()-1)
		sum.Write(rows[known:])
	}
	data = sum.Sum(w.close())

	var palette []byte
	for _, color := range c.palette {
		palette = append(palette, color.r, color.g, color.b)
	}

	file := []byte("\x89PNG\r\n\x1a\n")
	file = appendChunk(file, "IHDR", header)
	file = appendChunk(file, "PLTE", palette)
	file = appendChunk(file, "IDAT", data)
	return appendChunk(file, "IEND", nil)
}

func appendChunk(file []byte, name string, data []byte) []byte {
	file = binary.BigEndian.AppendUint32(file, uint32(len(data)))
	start := len(file)
	file = append(file, name...)
	file = append(file, data...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(file[start:]))
}
