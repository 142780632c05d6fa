package plot

import (
	"encoding/base64"
	"html"
	"strings"
)

// html returns the static form for pages: the drawing as an image, which no
// style of the page can reach and no script can be in, and the data as a table.
// It brings a white surface of its own, since the page may be dark.
func (c *Chart) html(svg string) string {
	var b strings.Builder
	b.WriteString(`<figure style="margin:0;max-width:1100px;background:#FFFFFF;color:#1F2328;border-radius:4px;overflow:hidden">`)
	b.WriteString(`<img style="display:block;width:100%;height:auto" alt="` + html.EscapeString(c.alt()) + `" src="data:image/svg+xml;base64,`)
	b.WriteString(base64.StdEncoding.EncodeToString([]byte(svg)))
	b.WriteString(`"/>`)
	c.Table.html(&b)
	b.WriteString(`</figure>`)
	return b.String()
}

func (t Table) html(b *strings.Builder) {
	if len(t.Rows) == 0 {
		return
	}
	b.WriteString(`<details style="padding:0 16px 12px;font-size:12px"><summary>Table</summary><table style="color:#1F2328"><thead><tr>`)
	for _, name := range t.Header {
		b.WriteString(`<th scope="col">` + html.EscapeString(name) + `</th>`)
	}
	b.WriteString(`</tr></thead><tbody>`)
	for _, row := range t.Rows {
		b.WriteString(`<tr>`)
		for i, cell := range row {
			if i == 0 {
				b.WriteString(`<th scope="row">` + html.EscapeString(cell) + `</th>`)
			} else {
				b.WriteString(`<td>` + html.EscapeString(cell) + `</td>`)
			}
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table></details>`)
}
