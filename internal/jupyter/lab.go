package jupyter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/interleave-lab/interleave/internal/scratch"
)

// Lab starts JupyterLab out of the course's environment.
type Lab struct {
	Root     string
	Notebook string                     // opened at once; relative to Root, "" for none
	Port     int                        // when it is taken JupyterLab tries the next ones
	Browser  bool                       // open one
	Ready    func(url string, port int) // called once the server answers
}

// Run serves until ctx ends, then shuts the server and its kernels down. Its
// error says why JupyterLab did not start or ended by itself.
func (l *Lab) Run(ctx context.Context) error {
	interpreter, err := python(l.Root)
	if err != nil {
		return err
	}
	env := Environment(l.Root)
	if err := quiet(lookup(env, "JUPYTER_CONFIG_DIR")); err != nil {
		return err
	}
	// Kernels build below the temporary folder; one of our own goes away whole.
	folder, err := scratch.New("interleave-lab-", killAll)
	if err != nil {
		return err
	}
	defer folder.Remove()
	log := new(tail) // the server's and its kernels' chatter
	cmd := exec.Command(interpreter, l.arguments()...)
	cmd.Dir = l.Root
	cmd.Env = append(env, "TMPDIR="+folder.Path)
	folder.Share(cmd)
	cmd.Stderr = log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a Ctrl-C is ours to handle
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()

	info, err := awaitServer(ctx, runtimeDir(env), cmd.Process.Pid, ended)
	switch {
	case err == nil:
		l.Ready(info.URL+"lab"+l.tree()+"?token="+info.Token, info.Port)
	case ctx.Err() == nil:
		return fmt.Errorf("%w: run `interleave doctor`\n%s", err, log)
	}
	select {
	case err = <-ended:
		return fmt.Errorf("JupyterLab ended by itself (%v)\n%s", err, log)
	case <-ctx.Done():
		return stop(cmd, ended, folder.Path)
	}
}

func (l *Lab) arguments() []string {
	arguments := []string{
		"-I", "-m", "jupyterlab",
		"--ServerApp.root_dir=" + l.Root,
		"--ServerApp.port=" + strconv.Itoa(l.Port),
		"--LabApp.default_url=/lab" + l.tree(),
		"--Application.log_level=WARN",
		// The course's kernel alone: Jupyter brings one for Python.
		"--KernelSpecManager.allowed_kernelspecs=" + KernelName,
		"--KernelSpecManager.ensure_native_kernel=False",
		"--MultiKernelManager.default_kernel_name=" + KernelName,
		// Nothing that would ask a network.
		"--LabApp.news_url=None",
		"--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
		"--LabApp.extension_manager=readonly",
	}
	if !l.Browser {
		arguments = append(arguments, "--no-browser")
	}
	if os.Geteuid() == 0 {
		arguments = append(arguments, "--allow-root") // it listens on this machine alone, behind a token
	}
	return arguments
}

func (l *Lab) tree() string {
	if l.Notebook == "" {
		return ""
	}
	return "/tree/" + filepath.ToSlash(l.Notebook)
}

// quiet keeps JupyterLab from asking whether it may fetch news.
func quiet(configDir string) error {
	if configDir == "" {
		return nil
	}
	dir := filepath.Join(configDir, "labconfig")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	const config = `{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}` + "\n"
	return os.WriteFile(filepath.Join(dir, "page_config.json"), []byte(config), 0o644)
}

type serverInfo struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	Port  int    `json:"port"`
}

// awaitServer waits for the file in which a running server tells its address.
func awaitServer(ctx context.Context, dir string, pid int, ended <-chan error) (*serverInfo, error) {
	path := filepath.Join(dir, fmt.Sprintf("jpserver-%d.json", pid))
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			return nil, fmt.Errorf("JupyterLab does not start (%v)", err)
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
			text, err := os.ReadFile(path)
			var info serverInfo
			if err == nil && json.Unmarshal(text, &info) == nil && info.URL != "" {
				return &info, nil
			}
		}
	}
}

// stop asks the server to end, which ends its kernels gracefully, and kills
// what does not: the server, or the gopls of a kernel that was still starting.
func stop(cmd *exec.Cmd, ended <-chan error, temp string) error {
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-ended:
	case <-time.After(15 * time.Second):
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-ended
	}
	endAll(temp)
	return nil
}

// runtimeDir is where a server with this environment leaves its address.
func runtimeDir(env []string) string {
	if dir := lookup(env, "JUPYTER_RUNTIME_DIR"); dir != "" {
		return dir
	}
	if dir := lookup(env, "JUPYTER_DATA_DIR"); dir != "" {
		return filepath.Join(dir, "runtime")
	}
	return filepath.Join(lookup(env, "HOME"), ".local", "share", "jupyter", "runtime")
}
