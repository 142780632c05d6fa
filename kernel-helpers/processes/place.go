package processes

import (
	"fmt"
	"path/filepath"
)

func position(file string, line int) string { return fmt.Sprint(filepath.Base(file), ":", line) }

func firstPlace(stack string) string { return "" }
