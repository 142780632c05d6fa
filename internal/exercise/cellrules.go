package exercise

import "strings"

// declarationsOf returns the Go of a cell that the kernel would remember, with
// every other line blank so that line numbers stay the cell's: special
// commands, the body of main after %%, package clauses, and the import of a check cell
// that was merged into the cell are not part of it.
// A cell that is not Go at all (a shell script, a file to write) gives "".
func declarationsOf(cell string) string {
	lines := strings.Split(strings.ReplaceAll(cell, "\r\n", "\n"), "\n")
	first, _, _ := strings.Cut(strings.TrimPrefix(lines[0], commentPrefix), " ")
	switch strings.TrimSpace(first) {
	case "%%writefile", "%%script", "%%bash", "%%sh", "%%gx":
		return ""
	}
	continued := false // the line belongs to a special command above it
	for i, line := range lines {
		command := strings.TrimPrefix(line, commentPrefix)
		switch {
		case continued:
			lines[i], continued = "", strings.HasSuffix(command, `\`)
		case beginsMain(command):
			return strings.Join(lines[:i], "\n")
		case len(command) > 1 && (command[0] == '%' || command[0] == '!'):
			lines[i], continued = "", strings.HasSuffix(command, `\`)
		case strings.HasPrefix(line, "package"), line == checkImport:
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

// commentPrefix hides the kernel's commands from tools that read plain Go.
const commentPrefix = "//gonb:"

func beginsMain(command string) bool {
	rest, ok := strings.CutPrefix(command, "%%")
	return strings.HasPrefix(command, "%main") ||
		ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r')
}
