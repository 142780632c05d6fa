package sandbox

import (
	"debug/elf"
	"fmt"
	"path/filepath"
	"slices"
)

// needsOf returns the files that the system loads a program from, besides the
// program: the dynamic loader and the libraries, with what they need in turn. The
// race detector's builds are linked with the C library.
func needsOf(program string) ([]need, error) {
	all, err := lookedFor(program)
	if err != nil {
		return nil, err
	}
	var needs []need
	for _, path := range all {
		file, err := filepath.EvalSymlinks(path)
		switch {
		case err == nil:
			needs = append(needs, need{path, file})
		case path != loaderCache: // the loader works without
			return nil, err
		}
	}
	return needs, nil
}

// need is a file that a program is loaded from.
type need struct {
	Path string // where it is looked for
	File string // where it is
}

const loaderCache = "/etc/ld.so.cache"

func lookedFor(program string) ([]string, error) {
	all := []string{loaderCache}
	for todo := []string{program}; len(todo) > 0; todo = todo[1:] {
		o, err := linkedWith(todo[0])
		if err != nil {
			return nil, err
		}
		if o.loader != "" && !slices.Contains(all, o.loader) {
			all = append(all, o.loader)
		}
		for _, name := range o.libraries {
			path, err := findLibrary(name, o.loader, o.machine)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", todo[0], err)
			}
			if !slices.Contains(all, path) {
				all, todo = append(all, path), append(todo, path)
			}
		}
	}
	return all, nil
}

type object struct {
	machine   elf.Machine
	loader    string
	libraries []string
}

func linkedWith(path string) (object, error) {
	f, err := elf.Open(path)
	if err != nil {
		return object{}, err
	}
	defer f.Close()
	o := object{machine: f.Machine}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP && p.Filesz > 1 {
			name := make([]byte, p.Filesz-1) // without the zero
			if _, err := p.ReadAt(name, 0); err != nil {
				return object{}, err
			}
			o.loader = string(name)
		}
	}
	o.libraries, err = f.ImportedLibraries()
	return o, err
}

// findLibrary looks where the loaders of the usual systems do, and beside the loader.
func findLibrary(name, loader string, machine elf.Machine) (string, error) {
	for _, pattern := range []string{"/lib/*-linux-gnu*", "/usr/lib/*-linux-gnu*", "/lib64", "/usr/lib64", "/lib", "/usr/lib", filepath.Dir(loader)} {
		found, _ := filepath.Glob(filepath.Join(pattern, name))
		for _, path := range found {
			if o, err := linkedWith(path); err == nil && o.machine == machine {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("the library %s was not found", name)
}
