package scene

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
)

// encode returns the canvas as a PNG file. Package image/png would do it too, and
// smaller, but it and its compressor cost every cell that draws a chart some 8 ms
// of linking and running.
func (c *canvas) encode() []byte {
	const bitDepth, paletteType = 8, 3
	header := binary.BigEndian.AppendUint32(nil, uint32(c.width))
	header = binary.BigEndian.AppendUint32(header, uint32(c.height))
	header = append(header, bitDepth, paletteType, 0, 0, 0)

	var palette []byte
	for _, color := range c.palette {
		palette = append(palette, color.r, color.g, color.b)
	}

	data := append(make([]byte, 0, len(c.pix)/16), 0x78, 0x01) // zlib's header
	data = deflate(data, c.pix, 1, c.stride(), c.stride()-1)
	data = binary.BigEndian.AppendUint32(data, adler32.Checksum(c.pix))

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
