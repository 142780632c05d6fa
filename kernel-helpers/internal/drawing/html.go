package drawing

import (
	"encoding/base64"
	"html"
	"strings"
)

// html returns the static form for pages: the drawing as an image, which no
// style of the page can reach and no script can be in, and the data as a table.
// It brings a light surface of its own, since what the page is like is not known: a
// page that knows that it is dark overrules the colours and the color-scheme, which
// the image follows.
func (c *Chart) html(svg string) string {
	var b strings.Builder
	b.WriteString(`<figure style="margin:0;max-width:960px;color-scheme:light;background:#FFFFFF;color:#1F2328;border-radius:4px;overflow-x:auto">`)
	b.WriteString(`<img style="display:block;width:100%;min-width:800px;height:auto" alt="` + html.EscapeString(c.alt()) + `" src="data:image/svg+xml;base64,`)
	b.WriteString(base64.StdEncoding.EncodeToString([]byte(svg)))
	b.WriteString(`"/>`)
	c.Table.html(&b)
	b.WriteString(`</figure>`)
	return b.String()
}

// cellStyle is on every cell, since pages bring styles of their own for tables.
const cellStyle = "text-align:left;padding:2px 12px 2px 0;color:#1F2328;background:#FFFFFF"

func (t Table) html(b *strings.Builder) {
	if len(t.Rows) == 0 {
		return
	}
	b.WriteString(`<details style="padding:0 16px 12px;font-size:12px"><summary>Table</summary><table style="color:#1F2328;font-size:12px;border-collapse:collapse"><thead><tr>`)
	for _, name := range t.Header {
		b.WriteString(`<th scope="col" style="` + cellStyle + `">` + html.EscapeString(name) + `</th>`)
	}
	b.WriteString(`</tr></thead><tbody>`)
	for _, row := range t.Rows {
		b.WriteString(`<tr>`)
		for i, cell := range row {
			if i == 0 {
				b.WriteString(`<th scope="row" style="` + cellStyle + `">` + html.EscapeString(cell) + `</th>`)
			} else {
				b.WriteString(`<td style="` + cellStyle + `">` + html.EscapeString(cell) + `</td>`)
			}
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table></details>`)
}
