package processes

import (
	"errors"
	"os"
	"sync"
	"weak"
)

// inherited finds the segments that this process was given, so that each is mapped
// once, however often it comes.
var inherited struct {
	sync.Mutex
	byID map[uint64]weak.Pointer[segment]
}

// inherit returns the segment id. If it is not known yet, it keeps the file, which
// came along with an argument.
func inherit(id uint64, size int, file **os.File, kind func(*segment)) (*segment, error) {
	inherited.Lock()
	defer inherited.Unlock()
	if known := inherited.byID[id].Value(); known != nil {
		return known, nil
	}
	if *file == nil {
		return nil, errors.New("processes: what is shared came without its file")
	}
	info, err := (*file).Stat()
	if err != nil {
		return nil, err
	}
	if size < bodyAt || int64(size) > info.Size() {
		return nil, errors.New("processes: what is shared is not readable")
	}
	s, err := mapSegment(id, *file, size)
	if err != nil {
		return nil, err
	}
	*file = nil
	kind(s)
	s.inherited, s.travelled = true, true
	if inherited.byID == nil {
		inherited.byID = make(map[uint64]weak.Pointer[segment])
	}
	for id, w := range inherited.byID {
		if w.Value() == nil {
			delete(inherited.byID, id)
		}
	}
	inherited.byID[id] = weak.Make(s)
	return s, nil
}
