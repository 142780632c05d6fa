package timeline

// ShowLive is Live as it is in a notebook. Elsewhere each picture is printed as its
// text.
func ShowLive(title string, f func()) { show(title, f, true) }
