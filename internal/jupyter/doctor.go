package jupyter

import (
	"context"
	"path/filepath"
)

// Finding is what the doctor says of one part.
type Finding struct {
	Part   string `json:"part"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`         // what is there, or what is wrong
	Mend   string `json:"mend,omitempty"` // what to do about it
}

// Doctor looks at every part that a cell, a chart or a check needs.
type Doctor struct {
	root, bin, venv, requirements, charts string
}

// NewDoctor returns the doctor for the clone at root.
func NewDoctor(root string) *Doctor {
	return &Doctor{
		root:         root,
		bin:          filepath.Join(root, "bin"),
		venv:         Venv(root),
		requirements: filepath.Join(root, "requirements.txt"),
		charts:       filepath.Join(root, "labextension"),
	}
}

const setup = "run make setup"

// Examine looks at one part after the other and reports each as soon as it is
// known. It mends nothing.
func (d *Doctor) Examine(ctx context.Context, report func(Finding)) {
	for _, part := range []struct {
		name  string
		check func(context.Context) (detail string, p *problem)
	}{
		{"Go", d.goTool},
		{"Python", d.python},
		{"Python packages", d.packages},
		{"GoNB", d.binary("gonb", ".", "github.com/janpfeifer/gonb")},
		{"goimports", d.binary("goimports", "tools", "golang.org/x/tools/cmd/goimports")},
		{"gopls", d.binary("gopls", "tools", "golang.org/x/tools/gopls")},
		{"interleave", d.binary("interleave", ".", "./cmd/interleave")},
		{"kernel spec", d.kernelSpec},
		{"chart extension", d.extension},
		{"sandbox", d.sandbox},
		{"build cache", d.cache}, // before the kernel warms it
	} {
		report(finding(part.name, part.check, ctx))
	}
	d.kernel(ctx, report)
}

// problem is what is wrong with a part and what to do about it.
type problem struct{ what, mend string }

func finding(name string, check func(context.Context) (string, *problem), ctx context.Context) Finding {
	detail, p := check(ctx)
	if p != nil {
		return Finding{Part: name, Detail: p.what, Mend: p.mend}
	}
	return Finding{Part: name, OK: true, Detail: detail}
}
