package scene

import (
	"bytes"
	"encoding/binary"
	"flag"
	"image"
	"os"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

var update = flag.Bool("update", false, "draw fonts.bin anew")

// fonts.bin is drawn here, by
//
//	go test ./kernel-helpers/internal/drawing/scene -update
func TestFontsAreAsDrawn(t *testing.T) {
	want := drawFonts(t)
	if *update {
		if err := os.WriteFile("fonts.bin", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(fontData, want) {
		t.Error("fonts.bin is not what is drawn; run go test -update, then build again, which embeds it")
	}
}

// alphabet is what text in charts is most likely made of: Latin, Greek and
// Cyrillic letters, and signs.
func alphabet() (runes []rune) {
	for _, r := range [][2]rune{{' ', '~'}, {0xa0, 0x17f}, {0x386, 0x3ce}, {0x401, 0x45f}, {0x2010, 0x2026}, {0x2190, 0x2195}, {0x2200, 0x2265}, {missing, missing}} {
		for c := r[0]; c <= r[1]; c++ {
			runes = append(runes, c)
		}
	}
	return runes
}

func drawFonts(t *testing.T) []byte {
	parsed := make(map[bool]*opentype.Font)
	for isBold, ttf := range map[bool][]byte{false: goregular.TTF, true: gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			t.Fatal(err)
		}
		parsed[isBold] = f
	}
	face := func(key fontKey) font.Face {
		// At 72 dots to the inch a point is a pixel.
		f, err := opentype.NewFace(parsed[key.bold], &opentype.FaceOptions{Size: key.size * scale, DPI: 72})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}

	var runes []rune
	some := face(fontSizes[0])
	for _, r := range alphabet() {
		if _, ok := some.GlyphAdvance(r); ok {
			runes = append(runes, r)
		}
	}

	put := binary.LittleEndian
	out := put.AppendUint16(nil, uint16(len(runes)))
	for _, r := range runes {
		out = put.AppendUint16(out, uint16(r))
	}
	masksAt := len(out) + len(fontSizes)*len(runes)*recordSize
	var masks []byte
	for _, key := range fontSizes {
		f := face(key)
		for _, r := range runes {
			box, mask, from, advance, _ := f.Glyph(fixed.Point26_6{}, r)
			out = put.AppendUint16(out, uint16(advance))
			out = append(out, byte(int8(box.Min.X)), byte(int8(box.Min.Y)), byte(box.Dx()), byte(box.Dy()))
			out = put.AppendUint32(out, uint32(masksAt+len(masks)))
			masks = append(masks, packed(mask, from, box.Size())...)
		}
	}
	return append(out, masks...)
}

// packed is a mask with a coverage of 0 to 15 in half a byte.
func packed(mask image.Image, from, size image.Point) (out []byte) {
	level := func(x, y int) byte {
		if x >= size.X {
			return 0
		}
		_, _, _, alpha := mask.At(from.X+x, from.Y+y).RGBA()
		return byte((alpha*opaque + 0x7fff) / 0xffff)
	}
	for y := range size.Y {
		for x := 0; x < size.X; x += 2 {
			out = append(out, level(x, y)<<4|level(x+1, y))
		}
	}
	return out
}

func TestWidthsAreThoseOfTheFonts(t *testing.T) {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	large, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 1000, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"", "worker 17", "Größe: 3 µs → 4 µs", "Привет"} {
		want := float64(font.MeasureString(large, s)) / 64 / 1000 * 14
		if got := TextWidth(s, 14, false); got < want-0.3 || got > want+0.3 {
			t.Errorf("%q is %.2f pixels wide, want %.2f", s, got, want)
		}
	}
	if one, two := TextWidth("工", 12, false), TextWidth("工人", 12, false); one < 12 || two != 2*one {
		t.Errorf("characters of a wide script are %.1f and %.1f pixels wide, want at least 12 each", one, two)
	}
	if w := TextWidth("\u200b\u0301", 12, false); w != 0 {
		t.Errorf("marks without width are %.1f pixels wide", w)
	}
}

func TestTextThatFontsDoNotHaveIsDrawnAsBoxes(t *testing.T) {
	draw := func(s string) []byte {
		c := newCanvas(100, 50, "#FFFFFF")
		c.next()
		(Text{X: 5, Y: 20, Size: 12, Color: "#000000", String: s}).png(c)
		return c.pix
	}
	if !bytes.Equal(draw("☃"), draw(string(missing))) {
		t.Error("a snowman is not drawn as a box")
	}
	if bytes.Equal(draw("☃"), draw("")) {
		t.Error("a snowman is not drawn at all")
	}
}
