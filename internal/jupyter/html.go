package jupyter

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/scratch"
)

//go:embed export.py
var exporter []byte

//go:embed page
var pageTemplate embed.FS

// HTML returns a page of an executed notebook, with its charts as pictures. It
// asks a network for nothing and reads well in light and dark.
func HTML(root, title string, n *notebook.Notebook) ([]byte, error) {
	interpreter, err := python(root)
	if err != nil {
		return nil, err
	}
	folder, err := scratch.New("interleave-page-", nil)
	if err != nil {
		return nil, err
	}
	defer folder.Remove()
	if err := os.CopyFS(folder.Path, pageTemplate); err != nil {
		return nil, err
	}
	script := filepath.Join(folder.Path, "export.py")
	if err := os.WriteFile(script, exporter, 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command(interpreter, "-I", script, folder.Path, title)
	cmd.Env = Environment(root)
	cmd.Stdin = bytes.NewReader(n.Bytes())
	log := new(tail)
	cmd.Stderr = log
	page, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("writing the page: %w\n%s", err, log)
	}
	return page, nil
}
