package scene

import (
	"bytes"
	"compress/flate"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"testing"
)

func TestCompressedDataIsReadAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 100 {
		// Runs and repeated rows of all lengths, and noise.
		stride := 1 + random.IntN(3000)
		var data []byte
		for size := random.IntN(20_000); len(data) < size; {
			switch random.IntN(3) {
			case 0:
				data = append(data, bytes.Repeat([]byte{byte(random.Uint32())}, random.IntN(600))...)
			case 1:
				data = append(data, data[max(0, len(data)-stride):]...)
			case 2:
				for range random.IntN(40) {
					data = append(data, byte(random.Uint32()))
				}
			}
		}
		w := newDeflater(nil)
		half := len(data) / 2
		w.deflate(data[:half], 0, 1, stride, max(stride-1, 1))
		w.deflate(data, half, 1, stride, max(stride-1, 1))
		packed := w.close()
		got, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("round %d: %d bytes read, want %d; %v", round, len(got), len(data), err)
		}
	}
}

func TestRepetitionsAreReadAgain(t *testing.T) {
	check := func(length, distance int) {
		w := bitWriter{}
		w.bits(0b011, 3)
		var want []byte
		for i := range distance {
			want = append(want, byte(i*7+i>>8))
			w.symbol(int(want[i]))
		}
		w.repeat(length, distance)
		for range length {
			want = append(want, want[len(want)-distance])
		}
		w.symbol(endOfBlock)
		w.bits(0, 7)
		got, err := io.ReadAll(flate.NewReader(bytes.NewReader(w.out)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes from %d before: %v", length, distance, err)
		}
	}
	for length := 3; length <= 258; length++ {
		check(length, 7)
	}
	for distance := 1; distance < 32768; distance *= 2 {
		for _, d := range []int{distance, distance + 1, distance + distance/2, 2 * distance} {
			check(3, d)
		}
	}
}

func TestAPictureIsReadAgainPixelByPixel(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, size := range []image.Point{{1, 1}, {3, 2}, {257, 40}, {1920, 5}, {9, bandRows}, {30, 2*bandRows + 1}} {
		c := newCanvas(size.X, size.Y, "#FFFFFF")
		for range 300 { // more than a palette holds
			c.add(rgb{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32())})
		}
		want := make([]uint8, size.X*size.Y)
		for i := range want {
			want[i] = uint8(random.IntN(len(c.palette)))
		}
		file := c.encode(func() {
			for y := c.top; y < c.bottom; y++ {
				copy(c.row(y), want[y*size.X:])
			}
		})
		got, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if got.Bounds().Size() != size {
			t.Fatalf("%v large, want %v", got.Bounds().Size(), size)
		}
		for i, want := range want {
			x, y := i%size.X, i/size.X
			r, g, b, a := got.At(x, y).RGBA()
			if p := c.palette[want]; (rgb{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}) != p || a != 0xffff {
				t.Fatalf("pixel %d,%d differs", x, y)
			}
		}
	}
}

func TestAColourThatAFullPaletteLacksIsTheNearest(t *testing.T) {
	c := newCanvas(1, 1, "#FFFFFF")
	for i := range 255 {
		c.add(rgb{uint8(i), 0, 0})
	}
	if i := c.add(rgb{100, 3, 2}); c.palette[i] != (rgb{100, 0, 0}) {
		t.Errorf("took %v", c.palette[i])
	}
}
